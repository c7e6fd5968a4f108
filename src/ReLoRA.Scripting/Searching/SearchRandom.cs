using ReLoRA.Core.Training;

namespace ReLoRA.Scripting.Searching;

/// <summary>
/// Random numbers of one draw of one dimension, and of nothing else: what a search proposes does not depend on how many numbers
/// other draws took. SplitMix64 (Steele, Lea and Flood 2014).
/// </summary>
internal sealed class SearchRandom
{
    private const double Unit = 1.0 / (1UL << 53);

    private ulong state;

    /// <param name="seed">The search's seed.</param>
    /// <param name="draw">The number of the draw.</param>
    /// <param name="name">What is drawn.</param>
    public SearchRandom(long seed, long draw, string name) => state = RandomStreams.Seed(seed, "search", draw, name);

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Next() => (NextBits() >> 11) * Unit;

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());
}
