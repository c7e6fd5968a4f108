namespace ReLoRA.Scripting.Searching;

/// <summary>
/// The points of Sobol's sequence in their order, all shifted by the same random bits: any power of two of them covers the space
/// evenly, whatever the seed. A dimension that a condition leaves out leaves its coordinate unused.
/// </summary>
/// <param name="dimensions">All dimensions of the search.</param>
/// <param name="seed">The search's seed.</param>
internal sealed class SobolSampler(IReadOnlyList<SearchDimension> dimensions, long seed) : ISampler
{
    private const double Unit = 1.0 / (1L << 32);

    private readonly Dictionary<string, int> places = dimensions
        .Index()
        .ToDictionary(dimension => dimension.Item.Name, dimension => dimension.Index);

    public Func<SearchDimension, double> Begin(long draw, IReadOnlyList<Trial> trials) =>
        dimension =>
            dimension.AtShare((SobolSequence.Bits(draw, places[dimension.Name]) ^ Shift(dimension.Name)) * Unit);

    private uint Shift(string name) => (uint)(new SearchRandom(seed, 0, $"sobol {name}").NextBits() >> 32);
}
