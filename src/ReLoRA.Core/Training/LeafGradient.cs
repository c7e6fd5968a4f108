using static TorchSharp.torch;

namespace ReLoRA.Core.Training;

/// <summary>The gradient of a weight, where a step adds to it without autograd.</summary>
internal static class LeafGradient
{
    /// <summary>The gradient, zeros at first; null of a weight that does not train. The caller's scope owns the handle.</summary>
    public static Tensor? Of(Tensor weight)
    {
        if (!weight.requires_grad)
            return null;
        if (weight.grad is null)
        {
            using var frozen = no_grad();
            weight.grad = zeros_like(weight);
        }
        return weight.grad;
    }
}
