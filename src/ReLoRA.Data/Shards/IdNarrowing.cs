using System.Numerics;
using System.Runtime.InteropServices;

namespace ReLoRA.Data.Shards;

/// <summary>Turns ids as others store them into those of our shards, and holds them to the vocabulary on the way.</summary>
internal static class IdNarrowing
{
    /// <summary>Stores ids.</summary>
    /// <param name="source">Ids of a type of <see cref="TokenType.OfSources"/>.</param>
    /// <param name="sourceType">That type.</param>
    /// <param name="destination">Room for as many of the other type.</param>
    /// <param name="type">A type of <see cref="TokenType.OfShards"/>.</param>
    /// <param name="vocabularySize">Ids have to be below this.</param>
    /// <returns>The place of the first id that is not, or −1. What was stored then is of no use.</returns>
    public static int Store(
        ReadOnlySpan<byte> source,
        string sourceType,
        Span<byte> destination,
        string type,
        int vocabularySize
    ) =>
        (sourceType, type) switch
        {
            (TokenType.Wide or TokenType.WideUnsigned, TokenType.Small) => Narrow(
                MemoryMarshal.Cast<byte, uint>(source),
                MemoryMarshal.Cast<byte, ushort>(destination),
                (uint)vocabularySize
            ),
            (TokenType.Long, TokenType.Small) => Narrow(
                MemoryMarshal.Cast<byte, ulong>(source),
                MemoryMarshal.Cast<byte, ushort>(destination),
                (ulong)vocabularySize
            ),
            (TokenType.Long, _) => Convert<long, int>(source, destination, vocabularySize),
            (TokenType.Wide, _) => Convert<int, int>(source, destination, vocabularySize),
            (TokenType.WideUnsigned, _) => Convert<uint, int>(source, destination, vocabularySize),
            (TokenType.SmallSigned, TokenType.Small) => Convert<short, ushort>(source, destination, vocabularySize),
            (TokenType.SmallSigned, _) => Convert<short, int>(source, destination, vocabularySize),
            (TokenType.Small, TokenType.Small) => Convert<ushort, ushort>(source, destination, vocabularySize),
            _ => Convert<ushort, int>(source, destination, vocabularySize),
        };

    /// <summary>One of the ids.</summary>
    public static long At(ReadOnlySpan<byte> source, string sourceType, int index) =>
        sourceType switch
        {
            TokenType.Small => MemoryMarshal.Cast<byte, ushort>(source)[index],
            TokenType.SmallSigned => MemoryMarshal.Cast<byte, short>(source)[index],
            TokenType.Wide => MemoryMarshal.Cast<byte, int>(source)[index],
            TokenType.WideUnsigned => MemoryMarshal.Cast<byte, uint>(source)[index],
            _ => MemoryMarshal.Cast<byte, long>(source)[index],
        };

    // A negative id is a very large one without its sign, so one comparison finds both. Vectors of the machine's own width.
    private static int Narrow(ReadOnlySpan<uint> source, Span<ushort> destination, uint vocabularySize)
    {
        var largest = Vector<uint>.Zero;
        var at = 0;
        for (; at <= source.Length - Vector<ushort>.Count; at += Vector<ushort>.Count)
        {
            var low = new Vector<uint>(source[at..]);
            var high = new Vector<uint>(source[(at + Vector<uint>.Count)..]);
            largest = Vector.Max(largest, Vector.Max(low, high));
            Vector.Narrow(low, high).CopyTo(destination[at..]);
        }
        var isSound = Vector.LessThanAll(largest, new Vector<uint>(vocabularySize));
        return Finish(source, destination, isSound ? at : 0, vocabularySize);
    }

    private static int Narrow(ReadOnlySpan<ulong> source, Span<ushort> destination, ulong vocabularySize)
    {
        var largest = Vector<ulong>.Zero;
        var at = 0;
        var step = Vector<ulong>.Count;
        for (; at <= source.Length - Vector<ushort>.Count; at += Vector<ushort>.Count)
        {
            var first = new Vector<ulong>(source[at..]);
            var second = new Vector<ulong>(source[(at + step)..]);
            var third = new Vector<ulong>(source[(at + 2 * step)..]);
            var fourth = new Vector<ulong>(source[(at + 3 * step)..]);
            // The bits of all of them: above the vocabulary's highest bit there must be none; exact comparison only where there are.
            largest |= first | second | third | fourth;
            Vector.Narrow(Vector.Narrow(first, second), Vector.Narrow(third, fourth)).CopyTo(destination[at..]);
        }
        var isSound =
            Vector.LessThanAll(largest, new Vector<ulong>(ushort.MaxValue + 1UL))
            && Largest(destination[..at]) < vocabularySize;
        return Finish(source, destination, isSound ? at : 0, vocabularySize);
    }

    private static ushort Largest(ReadOnlySpan<ushort> ids)
    {
        var largest = Vector<ushort>.Zero;
        // Whole vectors only: it is called with as many.
        for (var at = 0; at < ids.Length; at += Vector<ushort>.Count)
            largest = Vector.Max(largest, new Vector<ushort>(ids[at..]));
        ushort result = 0;
        for (var lane = 0; lane < Vector<ushort>.Count; lane++)
            result = Math.Max(result, largest[lane]);
        return result;
    }

    private static int Finish<T>(ReadOnlySpan<T> source, Span<ushort> destination, int at, T vocabularySize)
        where T : unmanaged, IBinaryInteger<T>, IUnsignedNumber<T>
    {
        for (; at < source.Length; at++)
        {
            if (source[at] >= vocabularySize)
                return at;
            destination[at] = ushort.CreateTruncating(source[at]);
        }
        return -1;
    }

    private static int Convert<TFrom, TTo>(ReadOnlySpan<byte> source, Span<byte> destination, int vocabularySize)
        where TFrom : unmanaged, IBinaryInteger<TFrom>
        where TTo : unmanaged, IBinaryInteger<TTo>
    {
        var from = MemoryMarshal.Cast<byte, TFrom>(source);
        var to = MemoryMarshal.Cast<byte, TTo>(destination);
        for (var at = 0; at < from.Length; at++)
        {
            var id = long.CreateTruncating(from[at]);
            if ((ulong)id >= (ulong)vocabularySize)
                return at;
            to[at] = TTo.CreateTruncating(id);
        }
        return -1;
    }
}
