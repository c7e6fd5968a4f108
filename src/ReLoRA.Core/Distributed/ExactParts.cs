namespace ReLoRA.Core.Distributed;

/// <summary>
/// A 64-bit number as three numbers of 32 bits that are summed apart: the first two exactly, for up to 256 of them, the last with an error below 2^-45. So a
/// loss crosses in the gradient's own reduction and keeps its digits.
/// </summary>
internal static class ExactParts
{
    /// <summary>How many there are.</summary>
    public const int Count = 3;

    private const int CoarseBits = 6;
    private const int FineBits = 22;

    /// <summary>Takes a number apart. One that is not finite is all in the first part.</summary>
    public static void Split(double value, Span<float> parts)
    {
        var coarse = Rounded(value, CoarseBits);
        var fine = Rounded(value - coarse, FineBits);
        (parts[0], parts[1], parts[2]) = double.IsFinite(value)
            ? ((float)coarse, (float)fine, (float)(value - coarse - fine))
            : ((float)value, 0, 0);
    }

    /// <summary>Puts a sum together again.</summary>
    public static double Join(ReadOnlySpan<float> parts) => (double)parts[0] + parts[1] + parts[2];

    private static double Rounded(double value, int bits) => Math.ScaleB(Math.Floor(Math.ScaleB(value, bits)), -bits);
}
