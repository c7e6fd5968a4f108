using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>
/// What a reset that preserves the function may do to it: docs/reset-semantics.md. A correct merge moves the logits by one to
/// two times the rounding noise of a forward pass, which differs between models by two orders of magnitude, so the bound is a
/// multiple of the noise measured on the same batch.
/// </summary>
public static class ResetBounds
{
    /// <summary>The jump may be this many times the measured noise.</summary>
    public const double NoiseMultiple = 4;

    /// <summary>The part of the adapters' contribution that may be lost.</summary>
    public const double Lost = 1e-3;

    /// <summary>What a reset was found to have done.</summary>
    public const string Kept = "kept";

    /// <inheritdoc cref="Kept"/>
    public const string Changed = "changed";

    /// <inheritdoc cref="Kept"/>
    public const string NothingMerged = "nothing merged";

    /// <summary>The largest jump allowed.</summary>
    /// <param name="outcome">The reset.</param>
    public static double Jump(ResetOutcome outcome) => NoiseMultiple * outcome.Noise;

    /// <summary>
    /// Whether the lost part can be judged: below this contribution a jump that is allowed as noise would already be more than
    /// <see cref="Lost"/> of it.
    /// </summary>
    /// <param name="outcome">The reset.</param>
    public static bool LostIsTestable(ResetOutcome outcome) =>
        outcome.Contribution > 0 && outcome.Contribution * Lost >= Jump(outcome);

    /// <summary>The largest error of a merge relative to the merged weight: one unit of the last place.</summary>
    /// <param name="precision">The weights' type.</param>
    public static double Merge(Precision precision) => precision.ScalarType().Unit();

    /// <summary>Judges a reset.</summary>
    /// <param name="outcome">The reset.</param>
    /// <param name="precision">The weights' type.</param>
    /// <returns><see cref="Kept"/>, <see cref="Changed"/> or <see cref="NothingMerged"/>.</returns>
    public static string Verdict(ResetOutcome outcome, Precision precision)
    {
        var kept =
            outcome.Jump <= Jump(outcome)
            && (!LostIsTestable(outcome) || outcome.Lost <= Lost)
            && outcome.MergeError <= Merge(precision);
        if (!kept)
            return Changed;
        return outcome.UpdateNorm > 0 ? Kept : NothingMerged;
    }
}
