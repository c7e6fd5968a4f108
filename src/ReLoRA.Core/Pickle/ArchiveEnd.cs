using System.Buffers.Binary;

namespace ReLoRA.Core.Pickle;

/// <summary>
/// The end of an archive, looked at before the runtime reads its directory: that makes objects of all of it, however large it is.
/// </summary>
internal static class ArchiveEnd
{
    private const int Length = 22;
    private const int LocatorLength = 20;
    private const int LargeLength = 56;

    /// <exception cref="PickleException">It is no archive as PyTorch writes it, or its directory is too large.</exception>
    public static void Require(FileStream file, Refusal refusal)
    {
        Span<byte> end = stackalloc byte[Length];
        // A comment could follow. PyTorch writes none, and without one the end stands at one place only.
        if (!Read(file, file.Length - Length, end) || !end.StartsWith("PK\u0005\u0006"u8))
            throw refusal.Of(PickleFault.Archive, "it has no archive's directory at its end. It may be cut off");
        var directory = (ulong)BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if (IsLarge(end))
            directory = Large(file, refusal);
        if (directory > (ulong)file.Length || (ulong)file.Length - directory > PickleLimits.DirectoryBytes)
            throw refusal.Of(
                PickleFault.Archive,
                $"its directory begins at {directory} of {file.Length}; allowed: in the last {PickleLimits.DirectoryBytes} bytes"
            );
    }

    /// <summary>Whether the disk, the entries or the directory's place are said to stand in the record of large archives.</summary>
    private static bool IsLarge(ReadOnlySpan<byte> end) =>
        BinaryPrimitives.ReadUInt16LittleEndian(end[4..]) == ushort.MaxValue
        || BinaryPrimitives.ReadUInt16LittleEndian(end[10..]) == ushort.MaxValue
        || BinaryPrimitives.ReadUInt32LittleEndian(end[16..]) == uint.MaxValue;

    /// <summary>Where the directory begins by the record of large archives.</summary>
    private static ulong Large(FileStream file, Refusal refusal)
    {
        Span<byte> locator = stackalloc byte[LocatorLength];
        Span<byte> large = stackalloc byte[LargeLength];
        return
            Read(file, file.Length - Length - LocatorLength, locator)
            && locator.StartsWith("PK\u0006\u0007"u8)
            && Read(file, BinaryPrimitives.ReadInt64LittleEndian(locator[8..]), large)
            && large.StartsWith("PK\u0006\u0006"u8)
            ? BinaryPrimitives.ReadUInt64LittleEndian(large[48..])
            : throw refusal.Of(PickleFault.Archive, "the end of its directory refers to a record that is not there");
    }

    private static bool Read(FileStream file, long at, Span<byte> target)
    {
        if (at < 0 || at > file.Length - target.Length)
            return false;
        file.Position = at;
        file.ReadExactly(target);
        return true;
    }
}
