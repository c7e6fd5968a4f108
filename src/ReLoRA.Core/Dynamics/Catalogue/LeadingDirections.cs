using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Measured;
using ReLoRA.Core.Dynamics.Metrics;

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
        return MetricCatalogue.WithValue(
            tensor,
            first =>
                MetricCatalogue.WithValue(
                    reference,
                    second =>
                    {
                        var angles = PrincipalAngles.Of(first, second, count, probe.Side);
                        if (angles.Values.Count == 0)
                            return new ProbeFigure(double.NaN, angles.Finding);
                        var figure = measure(angles);
                        var own = ProbeFigure.Of(figure, values => values[^1]);
                        var marked = own with { Finding = RankFinding.Of(count, wanted) };
                        return figure.Values.Count == 1 ? marked with { Vector = [] } : marked;
                    }
                )
        );
    }
}
