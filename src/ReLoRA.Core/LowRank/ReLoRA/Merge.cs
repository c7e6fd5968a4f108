using ReLoRA.Core.Configuration;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>
/// <c>W += s B A</c>, or <c>W += B A</c> for <see cref="MergeRule.Unscaled"/>. The sum is taken in 64 bits and rounded once, so
/// that a 32-bit weight is within half a unit of the last place of the exact sum.
/// </summary>
public sealed class Merge : IMerge
{
    private readonly MergeRule rule;

    /// <summary>Creates the merge.</summary>
    /// <param name="rule">With the scale or without.</param>
    public Merge(MergeRule rule) => this.rule = rule;

    /// <inheritdoc/>
    public void Apply(ReLoRALinear linear)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var product = rule == MergeRule.Scaled ? linear.ScaledProduct() : linear.Product();
        linear.Weight.copy_(linear.Weight.to(float64).Plus(product));
    }
}
