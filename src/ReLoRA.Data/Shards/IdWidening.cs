using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ReLoRA.Data.Shards;

/// <summary>Ids as they are stored, made 64 bits wide.</summary>
internal static class IdWidening
{
    /// <summary>Widens, and finds the largest id as an unsigned number: a negative id becomes the largest of all.</summary>
    public static ulong Checked(ReadOnlySpan<byte> source, string tokenType, Span<long> destination)
    {
        if (tokenType != TokenType.Small)
            return Widen(source, tokenType, destination);
        var ids = MemoryMarshal.Cast<byte, ushort>(source);
        var largest = Vector256<ushort>.Zero;
        var at = 0;
        for (; at + Vector256<ushort>.Count <= ids.Length; at += Vector256<ushort>.Count)
        {
            var sixteen = Vector256.Create(ids.Slice(at, Vector256<ushort>.Count));
            largest = Vector256.Max(largest, sixteen);
            Store(sixteen, destination[at..]);
        }
        ulong most = 0;
        for (var lane = 0; lane < Vector256<ushort>.Count; lane++)
            most = Math.Max(most, largest[lane]);
        for (; at < ids.Length; at++)
        {
            destination[at] = ids[at];
            most = Math.Max(most, ids[at]);
        }
        return most;
    }

    /// <summary>Widens and does nothing else: what the stream is measured against.</summary>
    public static ulong Bare(ReadOnlySpan<byte> source, string tokenType, Span<long> destination)
    {
        if (tokenType != TokenType.Small)
            return Widen(source, tokenType, destination);
        var ids = MemoryMarshal.Cast<byte, ushort>(source);
        var at = 0;
        for (; at + Vector256<ushort>.Count <= ids.Length; at += Vector256<ushort>.Count)
            Store(Vector256.Create(ids.Slice(at, Vector256<ushort>.Count)), destination[at..]);
        for (; at < ids.Length; at++)
            destination[at] = ids[at];
        return 0;
    }

    /// <summary>Adds up the bytes as 64-bit numbers: the least that looks at all of them.</summary>
    public static long Sum(ReadOnlySpan<byte> source)
    {
        var sum = Vector256<long>.Zero;
        var words = MemoryMarshal.Cast<byte, long>(source);
        var at = 0;
        for (; at + Vector256<long>.Count <= words.Length; at += Vector256<long>.Count)
            sum += Vector256.Create(words.Slice(at, Vector256<long>.Count));
        var total = Vector256.Sum(sum);
        for (; at < words.Length; at++)
            total += words[at];
        return total;
    }

    private static void Store(Vector256<ushort> sixteen, Span<long> destination)
    {
        var (low, high) = Vector256.Widen(sixteen);
        var (first, second) = Vector256.Widen(low);
        var (third, fourth) = Vector256.Widen(high);
        var eight = MemoryMarshal.Cast<long, ulong>(destination);
        first.CopyTo(eight);
        second.CopyTo(eight[4..]);
        third.CopyTo(eight[8..]);
        fourth.CopyTo(eight[12..]);
    }

    private static ulong Widen(ReadOnlySpan<byte> source, string tokenType, Span<long> destination) =>
        tokenType switch
        {
            TokenType.Small => Widen(MemoryMarshal.Cast<byte, ushort>(source), destination),
            TokenType.SmallSigned => Widen(MemoryMarshal.Cast<byte, short>(source), destination),
            TokenType.Wide => Widen(MemoryMarshal.Cast<byte, int>(source), destination),
            TokenType.WideUnsigned => Widen(MemoryMarshal.Cast<byte, uint>(source), destination),
            _ => Widen(MemoryMarshal.Cast<byte, long>(source), destination),
        };

    // The place need not be aligned: Arrow aligns buffers to 8 bytes, damaged files to none, and x64 and ARM64 read both.
    private static ulong Widen<T>(ReadOnlySpan<T> ids, Span<long> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        ulong largest = 0;
        for (var at = 0; at < ids.Length; at++)
        {
            var id = long.CreateTruncating(ids[at]);
            destination[at] = id;
            largest = Math.Max(largest, (ulong)id);
        }
        return largest;
    }
}
