namespace ReLoRA.Results.Log;

/// <summary>A crc record, found by the bytes with which each begins: after damage it is what a reader finds its place by.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="From">What it says of the first byte that it covers.</param>
/// <param name="To">What it says of where it begins itself.</param>
/// <param name="Crc32">The checksum.</param>
internal readonly record struct LogMark(int Offset, long From, long To, long Crc32)
{
    /// <summary>Whether it stands where it was written.</summary>
    public bool IsInPlace => To == Offset && Offset > 0;
}
