using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary><c>y = w * x / sqrt(mean(x^2) + eps)</c> (Zhang and Sennrich 2019).</summary>
public sealed class RMSNorm
{
    private readonly Tensor weight;
    private readonly double epsilon;

    internal RMSNorm(Tensor weight, double epsilon) => (this.weight, this.epsilon) = (weight, epsilon);

    /// <summary>Normalises over the last dimension.</summary>
    /// <param name="x">(..., width).</param>
    public Tensor Forward(Tensor x)
    {
        var wide = x.to(x.dtype.Wide());
        return (wide * rsqrt(wide.pow(LivingScalar.Of(2)).mean([-1], keepdim: true).Plus(epsilon))).to(x.dtype)
            * weight;
    }
}
