using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary><c>y = w * (x - mean(x)) / sqrt(var(x) + eps) + b</c> (Ba et al. 2016); the variance is that of the population.</summary>
public sealed class LayerNorm
{
    private readonly Tensor weight_W;
    private readonly Tensor bias_W;
    private readonly double epsilon;

    internal LayerNorm(Tensor weight_W, Tensor bias_W, double epsilon) =>
        (this.weight_W, this.bias_W, this.epsilon) = (weight_W, bias_W, epsilon);

    /// <summary>Normalises over the last dimension.</summary>
    /// <param name="x">(..., width).</param>
    public Tensor Forward(Tensor x) => nn.functional.layer_norm(x, weight_W.shape, weight_W, bias_W, epsilon);
}
