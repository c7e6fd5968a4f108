using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary><c>y = W x + s B A dropout(x)</c> with W frozen and A, B trained (Lialin et al. 2023).</summary>
public sealed class ReLoRALinear : DecoderLinear
{
    private readonly double dropout;

    internal ReLoRALinear(
        string name,
        Tensor weight,
        Tensor a,
        Tensor b,
        double scale,
        double dropout,
        ParameterSet parameters
    )
        : base(name)
    {
        Scale = scale;
        this.dropout = dropout;
        Weight = parameters.Add($"{name}.weight", weight, isTrainable: false);
        A = parameters.Add($"{name}.A_lora.weight", a, isTrainable: true);
        B = parameters.Add($"{name}.B_lora.weight", b, isTrainable: true);
    }

    /// <summary>The frozen weight W, (out, in).</summary>
    public override Tensor Weight { get; }

    /// <summary>The adapter's first factor, (rank, in).</summary>
    public Tensor A { get; }

    /// <summary>The adapter's second factor, (out, rank).</summary>
    public Tensor B { get; }

    /// <summary>The factors that train, each with its letter.</summary>
    public IReadOnlyList<(string Letter, Tensor Value)> TrainedFactors => [("A", A), ("B", B)];

    /// <summary>The scale s = alpha / rank.</summary>
    public double Scale { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, bool training)
    {
        var dropped = training && dropout > 0 ? nn.functional.dropout(x, dropout) : x;
        var low = nn.functional.linear(dropped, A).Times(Scale);
        return nn.functional.linear(x, Weight).Plus(nn.functional.linear(low, B));
    }
}
