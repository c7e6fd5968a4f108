using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Core.Dynamics.Measured;
using ReLoRA.Core.Dynamics.Metrics;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics;

/// <summary>A matrix as a script's figure sees it. Nothing has to be disposed.</summary>
public sealed class ProbedMatrix
{
    private readonly MeasuredTensor tensor;

    internal ProbedMatrix(MeasuredTensor tensor) => this.tensor = tensor;

    /// <summary>What it is of, for example <c>layers.0.attention.q_proj</c>.</summary>
    public string Name => tensor.Name;

    /// <summary>Rows: a linear's outputs; of activations, samples.</summary>
    public long Rows => tensor.Shape is [var rows, _] ? rows : 0;

    /// <summary>Columns: a linear's inputs; of activations, features.</summary>
    public long Columns => tensor.Shape is [_, var columns] ? columns : 0;

    /// <summary>Singular values that are no rounding: docs/probes.md.</summary>
    public int Rank => Spectrum.Rank;

    /// <summary>Why it has no figures, for example <c>zero matrix</c> or <c>no adapter</c>; else empty.</summary>
    public string Finding => Spectrum.Finding;

    /// <summary>The singular values and where their rounding ends.</summary>
    public Spectrum Spectrum => tensor.Spectrum;

    /// <summary>A copy of the numbers, in 64 bits on the CPU, for TorchSharp. The lab frees it once the figure is returned.</summary>
    /// <exception cref="UserFaultException">There are none; <see cref="Finding"/> says so beforehand.</exception>
    public Tensor Tensor =>
        tensor.Finding.Length == 0
            ? tensor.Value().clone()
            : throw new UserFaultException(
                $"{Name} has no numbers here: {tensor.Finding}. Where its Finding is not empty, return double.NaN."
            );

    /// <summary>The singular values, largest first; as many as the shorter side is long. NaN where the matrix is not finite.</summary>
    public IReadOnlyList<double> SingularValues() => Spectrum.Values;

    /// <summary>The Frobenius norm; NaN where there is no matrix.</summary>
    public double Norm()
    {
        using var scope = NewDisposeScope();
        return tensor.Finding.Length > 0 ? double.NaN : Norms.Frobenius(tensor.Value()).Value;
    }

    /// <summary>Proportional effective rank; NaN where there is none.</summary>
    public double EffectiveRank() => Dynamics.EffectiveRank.Of(Spectrum).Value;

    /// <summary>Condition number over the numerical rank; NaN where there is none.</summary>
    public double ConditionNumber() => Dynamics.ConditionNumber.Of(Spectrum).Value;

    /// <summary>Stable rank; NaN where there is none.</summary>
    public double StableRank() => Metrics.StableRank.Of(Spectrum).Value;

    /// <summary>The cosine of the angle to another matrix of this shape, all elements as one vector; NaN where one of the two is zero or there is none.</summary>
    /// <param name="other">The other.</param>
    public double Cosine(ProbedMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (tensor.Finding.Length > 0 || other.tensor.Finding.Length > 0)
            return double.NaN;
        using var scope = NewDisposeScope();
        var (one, two) = (tensor.Value(), other.tensor.Value());
        if (!one.shape.SequenceEqual(two.shape))
            throw new UserFaultException(
                $"{Name} is [{string.Join(", ", one.shape)}] and {other.Name} [{string.Join(", ", two.shape)}]. Give Cosine two of one shape."
            );
        return (one * two).sum().item<double>() / (Length(one) * Length(two));
    }

    /// <summary>How much of the leading singular subspace is shared with another matrix: 0 to 1, NaN where there is none.</summary>
    /// <param name="other">A matrix with vectors as long on that side.</param>
    /// <param name="directions">Dimensions of each subspace.</param>
    /// <param name="side">Which singular vectors.</param>
    public double Overlap(ProbedMatrix other, int directions, SingularSide side = SingularSide.Right)
    {
        ArgumentNullException.ThrowIfNull(other);
        var probe = new ProbeConfig { Directions = directions, Side = side };
        return LeadingDirections
            .Compare(tensor, other.tensor, probe, angles => new VectorFigure([SubspaceOverlap.Of(angles).Value]))
            .Value;
    }

    private static double Length(Tensor numbers) => Math.Sqrt((numbers * numbers).sum().item<double>());
}
