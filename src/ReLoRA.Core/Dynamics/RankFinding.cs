namespace ReLoRA.Core.Dynamics;

/// <summary>How a figure of a rank-deficient matrix is marked.</summary>
internal static class RankFinding
{
    public static string Of(Spectrum spectrum) => Of(spectrum.Rank, spectrum.Values.Count);

    public static string Of(int rank, int full) =>
        rank < full ? FormattableString.Invariant($"rank deficient ({rank} of {full})") : "";
}
