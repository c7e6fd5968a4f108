using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Measured;

namespace ReLoRA.Core.Dynamics.Catalogue;

/// <summary>One of the lab's metrics, as probes and <c>relora probe</c> use it.</summary>
/// <param name="Metric">Its name in scripts; logs write it as <see cref="SnakeCase"/> does.</param>
/// <param name="Targets">What it can be computed of.</param>
/// <param name="Measure">Computes it of a tensor and, where <paramref name="NeedsReference"/>, the same tensor of the reference.</param>
/// <param name="NeedsSpectrum">Whether it reads singular values, so that they are worth computing together.</param>
/// <param name="NeedsReference">Whether it compares with another model: while training, that before the first step.</param>
internal sealed record MetricDefinition(
    ProbeMetric Metric,
    IReadOnlyList<ProbeTarget> Targets,
    Func<MeasuredTensor, MeasuredTensor?, ProbeConfig, ProbeFigure> Measure,
    bool NeedsSpectrum = false,
    bool NeedsReference = false
)
{
    /// <summary>Its name in logs and on the command line.</summary>
    public string Name => SnakeCase.Of(Metric);

    /// <summary>What it is computed of where nothing is said: the weight, if it is a metric of weights.</summary>
    public ProbeTarget Natural => Targets.Contains(ProbeTarget.Weight) ? ProbeTarget.Weight : Targets[0];
}
