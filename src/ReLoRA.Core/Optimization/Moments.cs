using static TorchSharp.torch;

namespace ReLoRA.Core.Optimization;

/// <summary>AdamW's state of one weight. The optimizer owns the tensors.</summary>
/// <param name="First">Running mean of the gradient (exp_avg).</param>
/// <param name="Second">Running mean of its square (exp_avg_sq).</param>
/// <param name="Step">Updates taken, a scalar tensor.</param>
public sealed record Moments(Tensor First, Tensor Second, Tensor Step);
