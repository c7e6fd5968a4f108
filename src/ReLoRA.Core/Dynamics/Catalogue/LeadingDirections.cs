using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Measured;
using ReLoRA.Core.Dynamics.Metrics;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Catalogue;

/// <summary>Compares leading singular subspaces, each of which ends at its tensor's numerical rank: what follows there is the rounding of stored numbers.</summary>
internal static class LeadingDirections
{
    public static ProbeFigure Compare(
        MeasuredTensor tensor,
        MeasuredTensor reference,
        ProbeConfig probe,
        Func<VectorFigure, VectorFigure> measure
    )
    {
        var (one, other) = (tensor.Spectrum, reference.Spectrum);
        if (one.Finding.Length > 0 || other.Finding.Length > 0)
            return new ProbeFigure(double.NaN, one.Finding.Length > 0 ? one.Finding : other.Finding);
        var wanted = Math.Min(probe.Directions, Math.Min(one.Values.Count, other.Values.Count));
        var count = Math.Min(wanted, Math.Min(one.Rank, other.Rank));
        using var scope = NewDisposeScope();
        var angles = PrincipalAngles.Of(
            tensor.Leading(count, probe.Side).Subspace(),
            reference.Leading(count, probe.Side).Subspace()
        );
        if (angles.Values.Count == 0)
            return new ProbeFigure(double.NaN, angles.Finding);
        var figure = measure(angles);
        var own = ProbeFigure.Of(figure, values => values[^1]) with { Finding = RankFinding.Of(count, wanted) };
        return figure.Values.Count == 1 ? own with { Vector = [] } : own;
    }
}
