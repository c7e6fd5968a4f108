using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

// N: positions of all rows, I: inputs, O: outputs, R: rank.
namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary><c>y = W x + s B A dropout(x)</c> with W frozen and A, B trained (Lialin et al. 2023).</summary>
public sealed class ReLoRALinear : DecoderLinear
{
    private readonly double dropout;
    private readonly bool trainsA;

    internal ReLoRALinear(string name, Tensor weight, LowRankConfig lowRank, ParameterSet parameters)
        : base(name)
    {
        dropout = lowRank.Semantics.Dropout;
        trainsA = lowRank.Method != LowRankMethod.FrozenA;
        Scale = lowRank.Scale;
        var (outputs, inputs) = (weight.shape[0], weight.shape[1]);
        var rank = RankRule.Largest(lowRank, name);
        Weight = parameters.Add($"{name}.weight", weight, isTrainable: false);
        if (lowRank.Scaling == AdapterScaling.TrainableTanh)
            TanhScale = parameters.Add($"{name}.s", ones(1, weight.dtype, weight.device), isTrainable: true);
        A = parameters.Add(
            $"{name}.A_lora.weight",
            zeros(rank, inputs, weight.dtype, weight.device),
            isTrainable: trainsA
        );
        B = parameters.Add(
            $"{name}.B_lora.weight",
            zeros(outputs, rank, weight.dtype, weight.device),
            isTrainable: true
        );
    }

    /// <summary>The frozen weight W, (out, in). It trains during a warm start only.</summary>
    public Tensor Weight { get; }

    /// <summary>The adapter's first factor, (largest rank, in). Past the rank of a cycle its rows are zero, and so are B's columns: no gradient reaches them.</summary>
    public Tensor A { get; }

    /// <summary>The adapter's second factor, (out, largest rank).</summary>
    public Tensor B { get; }

    /// <summary>The s whose hyperbolic tangent is the scale, shape [1]; null where the scale is fixed.</summary>
    public Tensor? TanhScale { get; }

    /// <summary>The factors that train, each with its letter and the dimension that is the rank's.</summary>
    public IReadOnlyList<(string Letter, Tensor Value, int RankDimension)> TrainedFactors =>
        trainsA ? [("A", A, 0), ("B", B, 1)] : [("B", B, 1)];

    /// <summary>The fixed scale alpha / rank; not used where <see cref="TanhScale"/> is set.</summary>
    public double Scale { get; }

    /// <summary>Numbers that the adapter adds to the linear's.</summary>
    public long AdapterCount => A.numel() + B.numel() + (TanhScale?.numel() ?? 0);

    /// <summary>Those of them that a rank leaves at zero, and that train in name only.</summary>
    /// <param name="rank">The rank of a cycle.</param>
    public long IdleCount(int rank) =>
        TrainedFactors.Sum(factor => factor.Value.numel() / A.shape[0]) * (A.shape[0] - rank);

    /// <inheritdoc/>
    public override ScalarType Type => Weight.dtype;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x, bool training)
    {
        var drops = training && dropout > 0;
        var x_NI = x.flatten(0, -2);
        var low_NR = Scaled(nn.functional.linear(drops ? AdapterDropout.Drop(x_NI, dropout) : x_NI, A));
        if (drops)
            low_NR = low_NR.Times(1 / (1 - HashedMask.Share(dropout)));
        // Added in its place: one pass over the outputs less.
        var y_NO = nn.functional.linear(x_NI, Weight);
        y_NO.addmm_(low_NR, B.to(y_NO.dtype).t());
        return y_NO.view([.. x.shape[..^1], y_NO.shape[1]]);
    }

    /// <inheritdoc/>
    public override Tensor EffectiveWeight()
    {
        using var frozen = no_grad();
        return Weight.to(float64).Plus(ScaledProduct());
    }

    /// <summary>B A in 64 bits, (out, in), without the scale. The caller's scope owns it.</summary>
    internal Tensor Product() => mm(B.to(float64), A.to(float64));

    /// <summary>s B in 64 bits, (out, largest rank). The caller's scope owns it.</summary>
    internal Tensor ScaledB() => Scaled(B.to(float64));

    /// <summary>s A in 64 bits, (largest rank, in). The caller's scope owns it.</summary>
    internal Tensor ScaledA() => Scaled(A.to(float64));

    /// <summary>s B A in 64 bits, (out, in). The caller's scope owns it.</summary>
    internal Tensor ScaledProduct() => Scaled(Product());

    /// <summary>Lets W train in place of the adapter, or the adapter in place of W.</summary>
    internal void Train(ParameterSet parameters, bool adapter)
    {
        parameters.SetTrainable($"{Name}.weight", !adapter);
        parameters.SetTrainable($"{Name}.A_lora.weight", adapter && trainsA);
        parameters.SetTrainable($"{Name}.B_lora.weight", adapter);
        if (TanhScale is not null)
            parameters.SetTrainable($"{Name}.s", adapter);
    }

    private Tensor Scaled(Tensor x) => TanhScale is { } s ? x * s.to(x.dtype).tanh() : x.Times(Scale);
}
