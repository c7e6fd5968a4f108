using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Measured;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Catalogue;

/// <summary>Every metric of the lab. A new one is a function in Metrics, a member of <see cref="ProbeMetric"/> and a line here.</summary>
internal static class MetricCatalogue
{
    /// <summary>All of them, in the order of docs/probes.md.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        OfSpectrum(ProbeMetric.EffectiveRank, EffectiveRank.Of),
        OfSpectrum(ProbeMetric.EffectiveDirections, EffectiveRank.Directions),
        OfSpectrum(ProbeMetric.StableRank, StableRank.Of),
        OfSpectrum(ProbeMetric.NumericalRank, NumericalRank.Of),
        OfSpectrum(ProbeMetric.ConditionNumber, ConditionNumber.Of),
        OfSpectrum(ProbeMetric.RawConditionNumber, ConditionNumber.Raw),
        OfSpectrum(ProbeMetric.NuclearNorm, Norms.Nuclear),
        OfSpectrum(ProbeMetric.SpectralNorm, Norms.Spectral),
        new(
            ProbeMetric.SingularValues,
            TargetKinds.Matrices,
            (tensor, _, _) => ProbeFigure.Of(SingularValues.Of(tensor.Spectrum), values => values[0]),
            NeedsSpectrum: true
        ),
        OfElements(ProbeMetric.FrobeniusNorm, Norms.Frobenius),
        OfElements(ProbeMetric.MaxNorm, Norms.Max),
        OfElements(ProbeMetric.Gini, Gini.Of),
        OfElements(ProbeMetric.Hoyer, Hoyer.Of),
        new(ProbeMetric.UpdateRatio, TargetKinds.Updates, RatioOf),
        OfSubspaces(ProbeMetric.SubspaceOverlap, angles => new VectorFigure([SubspaceOverlap.Of(angles).Value])),
        OfSubspaces(ProbeMetric.PrincipalAngles, angles => angles),
        OfActivations(ProbeMetric.Cka, (one, other) => Cka.Of(one, other)),
        OfActivations(ProbeMetric.CkaDebiased, (one, other) => Cka.Of(one, other, CkaEstimator.Debiased)),
        OfActivations(ProbeMetric.Svcca, (one, other) => Svcca.Of(one, other)),
        OfActivations(ProbeMetric.Pwcca, (one, other) => Pwcca.Of(one, other)),
        OfActivations(ProbeMetric.PwccaPublished, (one, other) => Pwcca.Of(one, other, PwccaWeights.Published)),
        new(
            ProbeMetric.Anisotropy,
            TargetKinds.Activations,
            (tensor, _, _) => WithValue(tensor, value => ProbeFigure.Of(Anisotropy.Of(value)))
        ),
        new(ProbeMetric.GradientNoiseScale, [ProbeTarget.Gradient], NoiseOf),
        OfAttention(ProbeMetric.AttentionEntropy, AttentionEntropy.Of),
        OfAttention(ProbeMetric.AttentionEntropyShare, attention => AttentionEntropy.Share(attention, isCausal: true)),
        new(
            ProbeMetric.Snapshot,
            TargetKinds.All,
            (tensor, _, _) => WithValue(tensor, value => ProbeFigure.Of(Norms.Frobenius(value)))
        ),
    ];

    /// <summary>The definition of a metric.</summary>
    /// <param name="metric">Any but <see cref="ProbeMetric.Script"/>.</param>
    public static MetricDefinition Of(ProbeMetric metric) => All.First(definition => definition.Metric == metric);

    private static MetricDefinition OfSpectrum(ProbeMetric metric, Func<Spectrum, SpectrumFigure> measure) =>
        new(
            metric,
            TargetKinds.Matrices,
            (tensor, _, _) => ProbeFigure.Of(measure(tensor.Spectrum)),
            NeedsSpectrum: true
        );

    private static MetricDefinition OfElements(ProbeMetric metric, Func<Tensor, SpectrumFigure> measure) =>
        new(metric, TargetKinds.All, (tensor, _, _) => WithValue(tensor, value => ProbeFigure.Of(measure(value))));

    private static MetricDefinition OfSubspaces(ProbeMetric metric, Func<VectorFigure, VectorFigure> measure) =>
        new(
            metric,
            TargetKinds.Matrices,
            (tensor, reference, probe) => LeadingDirections.Compare(tensor, reference!, probe, measure),
            NeedsSpectrum: true,
            NeedsReference: true
        );

    private static MetricDefinition OfActivations(ProbeMetric metric, Func<Tensor, Tensor, SpectrumFigure> measure) =>
        new(
            metric,
            TargetKinds.Activations,
            (tensor, reference, _) =>
                WithValue(tensor, one => WithValue(reference!, other => ProbeFigure.Of(measure(one, other)))),
            NeedsReference: true
        );

    private static MetricDefinition OfAttention(ProbeMetric metric, Func<Tensor, VectorFigure> measure) =>
        new(
            metric,
            [ProbeTarget.Attention],
            (tensor, _, _) =>
                WithValue(tensor, value => ProbeFigure.Of(measure(value), entropies => entropies.Average()))
        );

    private static ProbeFigure RatioOf(MeasuredTensor update, MeasuredTensor? reference, ProbeConfig probe) =>
        WithValue(
            update,
            moved =>
                WithValue(
                    update.AddedTo!,
                    weight =>
                        ProbeFigure.Of(
                            UpdateRatio.Of(moved, weight, update.Minuend is null ? 0 : update.Rounded.Unit())
                        )
                )
        );

    private static ProbeFigure NoiseOf(MeasuredTensor gradient, MeasuredTensor? reference, ProbeConfig probe) =>
        WithValue(
            gradient,
            mean =>
            {
                var rows = gradient.RowSquares;
                if (rows.Count < 2)
                    return new ProbeFigure(double.NaN, Findings.TooFewSamples);
                var large = (mean * mean).sum().item<double>();
                var noise = GradientNoiseScale.Of(rows.Average(), 1, large, rows.Count);
                return ProbeFigure.Of(noise.Scale) with
                {
                    // Those of one step vary widely: to average them over steps, both parts are needed.
                    Vector = [noise.SquaredGradient.Value, noise.Noise.Value],
                    Columns = ["squared_gradient", "noise"],
                };
            }
        );

    internal static ProbeFigure WithValue(MeasuredTensor tensor, Func<Tensor, ProbeFigure> measure)
    {
        if (tensor.Finding.Length > 0)
            return new ProbeFigure(double.NaN, tensor.Finding);
        using var scope = NewDisposeScope();
        return measure(tensor.Value());
    }
}
