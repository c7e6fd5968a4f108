using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>The elements of a tensor of any shape, ready for sums that neither overflow nor underflow.</summary>
internal static class Elements
{
    /// <summary>Why the elements have no shares: <c>empty</c>, <c>not finite</c> or <c>zero matrix</c>; else empty.</summary>
    public static string FindingOf(Tensor tensor)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return tensor.numel() == 0 ? Findings.Empty
            : !tensor.isfinite().all().item<bool>() ? Findings.NotFinite
            : tensor.count_nonzero().item<long>() == 0 ? Findings.ZeroMatrix
            : "";
    }

    /// <summary>The largest absolute value, in 64 bits. The caller's scope owns it.</summary>
    public static Tensor Largest(Tensor tensor) => tensor.abs().max().to(float64);

    /// <summary>Absolute values over the largest, in 64 bits, in one row. The caller's scope owns it.</summary>
    public static Tensor Shares(Tensor tensor) => tensor.abs().flatten().to(float64) / Largest(tensor);
}
