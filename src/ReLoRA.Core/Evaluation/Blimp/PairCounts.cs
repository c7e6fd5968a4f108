using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Blimp;

/// <summary>What was counted in one paradigm.</summary>
internal readonly record struct PairCounts(long Right, long Ties, long Pairs)
{
    public double Accuracy => (double)Right / Pairs;

    public static PairCounts Of(IReadOnlyCollection<PairOutcome> outcomes) =>
        new(
            outcomes.Count(outcome => outcome == PairOutcome.Right),
            outcomes.Count(outcome => outcome == PairOutcome.Tie),
            outcomes.Count
        );

    /// <summary>
    /// What the interval of a mean of paradigms is computed from. Of paradigms of one size the mean is the share of all their pairs; otherwise it
    /// is none, and only drawing pairs anew within each paradigm tells how far it scatters.
    /// </summary>
    public static Evidence EvidenceOf(IReadOnlyList<PairCounts> paradigms) =>
        paradigms.All(counts => counts.Pairs == paradigms[0].Pairs)
            ? new Evidence.Share(paradigms.Sum(counts => counts.Right), paradigms.Sum(counts => counts.Pairs))
            : new Evidence.Ratio([.. paradigms.Select(counts => counts.Part())], RatioTransform.None);

    private RatioPart Part()
    {
        var right = Right;
        return new RatioPart(
            [.. Enumerable.Range(0, (int)Pairs).Select(pair => pair < right ? 1.0 : 0.0)],
            [.. Enumerable.Repeat(1.0, (int)Pairs)]
        );
    }
}
