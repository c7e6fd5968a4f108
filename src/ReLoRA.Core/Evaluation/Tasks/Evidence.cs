namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>What the interval of a figure is computed from.</summary>
public abstract record Evidence
{
    private Evidence() { }

    /// <summary>So many right of so many: Wilson's score interval.</summary>
    /// <param name="Correct">Right ones.</param>
    /// <param name="Of">All of them.</param>
    public sealed record Share(long Correct, long Of) : Evidence;

    /// <summary>
    /// <c>f(sum of numerators / sum of denominators)</c> in each part, then a mean of the parts: a bootstrap that draws items anew within each part.
    /// </summary>
    /// <param name="Parts">The items of each part, such as a domain's documents.</param>
    /// <param name="Transform">What is done to each part's ratio.</param>
    /// <param name="Mean">How parts are put together; of one part, that part.</param>
    public sealed record Ratio(
        IReadOnlyList<RatioPart> Parts,
        RatioTransform Transform,
        RatioMean Mean = RatioMean.Arithmetic
    ) : Evidence;
}
