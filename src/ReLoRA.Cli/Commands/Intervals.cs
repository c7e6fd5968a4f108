using ReLoRA.Analysis;
using ReLoRA.Analysis.Paired;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Cli.Commands;

/// <summary>95 % intervals of figures.</summary>
internal static class Intervals
{
    private const double Confidence = 0.95;

    // The same figures have the same interval each time.
    private const ulong Seed = 1;

    /// <summary>The interval that evidence allows; null where there is none.</summary>
    public static (double Low, double High)? Of(Evidence? evidence) =>
        evidence switch
        {
            Evidence.Share share => Of(Statistics.wilson(share.Correct, share.Of)),
            Evidence.Ratio ratio => Of(ratio),
            _ => null,
        };

    private static (double Low, double High) Of(Proportion share) => (share.Low, share.High);

    private static (double Low, double High)? Of(Evidence.Ratio ratio)
    {
        var found = Bootstrap.OfRatios(
            [.. ratio.Parts.Select(part => new RatioItems([.. part.Numerators], [.. part.Denominators]))],
            ratio.Transform == RatioTransform.Exponential,
            ratio.Mean == RatioMean.Geometric ? PartsMean.Geometric : PartsMean.Arithmetic,
            Confidence,
            Bootstrap.DefaultResamples,
            Seed
        );
        // A perplexity can be a number and its interval's end beyond the largest one.
        return double.IsFinite(found.High) ? (found.Low, found.High) : null;
    }
}
