namespace ReLoRA.Scripting.Searching;

/// <summary>Every dimension on its own, uniform over its prior.</summary>
/// <param name="seed">The search's seed.</param>
internal sealed class RandomSampler(long seed) : ISampler
{
    public Func<SearchDimension, double> Begin(long draw, IReadOnlyList<Trial> trials) =>
        dimension => dimension.AtShare(new SearchRandom(seed, draw, dimension.Name).Next());
}
