using ReLoRA.Analysis;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Cli.Commands;

/// <summary>95 % intervals of figures.</summary>
internal static class Intervals
{
    /// <summary>The interval that evidence allows; null where there is none.</summary>
    public static (double Low, double High)? Of(Evidence? evidence) =>
        evidence switch
        {
            Evidence.Share share => Of(Statistics.wilson(share.Correct, share.Of)),
            _ => null,
        };

    private static (double Low, double High) Of(Proportion share) => (share.Low, share.High);
}
