using System.Runtime.Intrinsics;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>
/// Random flags as a function of a key: SplitMix64 (Steele, Lea and Flood 2014) of the place, sixteen bits of it for each flag. The same on every processor.
/// </summary>
internal static class HashedMask
{
    private const int Levels = 1 << 16;
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private static readonly Vector512<ulong> Lanes = Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7);

    /// <summary>The share of flags that are set: the rate to the nearest of 65,536 parts, at least one of them.</summary>
    /// <param name="rate">The rate asked for, above 0 and below 1.</param>
    public static double Share(double rate) => (double)Threshold(rate) / Levels;

    /// <summary>Sets flags to 1 or 0.</summary>
    /// <param name="flags">The flags.</param>
    /// <param name="key">Where another key gives other flags.</param>
    /// <param name="rate">See <see cref="Share"/>.</param>
    public static void Fill(Span<byte> flags, ulong key, double rate)
    {
        var threshold = Vector512.Create(Threshold(rate));
        var count = Vector512<byte>.Count;
        Span<byte> last = stackalloc byte[count];
        for (var (at, counter) = (0, Mixed(Vector512.Create(key))[0]); at < flags.Length; at += count, counter += 16)
        {
            // 128 random bytes for 64 flags.
            var first = Vector512.LessThan(Hash(counter), threshold);
            var second = Vector512.LessThan(Hash(counter + 8), threshold);
            var set = Vector512.Narrow(first, second) & Vector512<byte>.One;
            if (at + count <= flags.Length)
                set.CopyTo(flags[at..]);
            else
            {
                set.CopyTo(last);
                last[..(flags.Length - at)].CopyTo(flags[at..]);
            }
        }
    }

    private static ushort Threshold(double rate) => (ushort)Math.Clamp(Math.Round(rate * Levels), 1, Levels - 1);

    private static Vector512<ushort> Hash(ulong counter) =>
        Mixed((Vector512.Create(counter) + Lanes) * Golden).AsUInt16();

    private static Vector512<ulong> Mixed(Vector512<ulong> z)
    {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EB;
        return z ^ (z >>> 31);
    }
}
