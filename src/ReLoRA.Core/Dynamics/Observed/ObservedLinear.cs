using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Observed;

/// <summary>A linear whose outputs are seen.</summary>
internal sealed class ObservedLinear : DecoderLinear
{
    private readonly Action<string, Tensor> seen;

    public ObservedLinear(string name, Tensor weight, ParameterSet parameters, Action<string, Tensor> seen)
        : base(name)
    {
        this.seen = seen;
        Weight = parameters.Add($"{name}.weight", weight, isTrainable: false);
    }

    /// <summary>The effective weight, (out, in).</summary>
    public Tensor Weight { get; }

    public override ScalarType Type => Weight.dtype;

    public override Tensor EffectiveWeight() => Weight.to(float64);

    public override Tensor Forward(Tensor x, bool training)
    {
        var y = nn.functional.linear(x, Weight);
        seen(Name, y);
        return y;
    }
}
