using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

/// <summary>The largest share of each bound that a number of resets took.</summary>
internal sealed class ResetMargins
{
    private double jump;
    private double lost;
    private double merge;
    private int testable;
    private int count;

    public void Add(ResetOutcome outcome, Precision precision)
    {
        count++;
        jump = Math.Max(jump, outcome.Jump / ResetBounds.Jump(outcome));
        merge = Math.Max(merge, outcome.MergeError / ResetBounds.Merge(precision));
        if (!ResetBounds.LostIsTestable(outcome))
            return;
        testable++;
        lost = Math.Max(lost, outcome.Lost / ResetBounds.Lost);
    }

    public override string ToString() =>
        FormattableString.Invariant(
            $"{count} resets: at most {jump:P1} of the allowed jump, {merge:P1} of the allowed merge error, {lost:P1} of what may be lost ({testable} could be tested)"
        );
}
