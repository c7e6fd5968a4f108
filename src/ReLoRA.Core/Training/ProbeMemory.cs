using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Core.Models;

namespace ReLoRA.Core.Training;

/// <summary>What probes take, in bytes.</summary>
/// <param name="config">The run, its probes included.</param>
/// <param name="stored">Numbers in all weights.</param>
/// <param name="number">Bytes of a number of the weights' type.</param>
internal sealed class ProbeMemory(RunConfig config, long stored, int number)
{
    private readonly long linears = Architectures
        .Of(config.Model)
        .Weights(config.Model)
        .Where(weight => weight.IsLinear)
        .Sum(weight => weight.Shape.Aggregate(1L, (size, side) => size * side));

    /// <summary>What stays from one moment to the next: the model before its first step.</summary>
    public long Kept => config.Probes.Any(ReadsInitial) ? stored * number : 0;

    /// <summary>What a moment takes, which finds the activations' place free: the weights before an update, a copy of the model, gradients in 64 bits, activations.</summary>
    public long Passing
    {
        get
        {
            var observed = config.Probes.Where(ReadsRows).ToList();
            var before = config.Probes.Any(ReadsUpdate) ? linears * sizeof(float) : 0;
            return observed.Count == 0
                ? before
                : before + (stored * sizeof(float)) + (linears * sizeof(double)) + observed.Max(Activations);
        }
    }

    private static bool IsScript(ProbeConfig probe) => probe.Metric == ProbeMetric.Script;

    private static bool ReadsRows(ProbeConfig probe) => IsScript(probe) || TargetKinds.IsObserved(probe.Of);

    private static bool ReadsUpdate(ProbeConfig probe) => IsScript(probe) || probe.Of == ProbeTarget.StepUpdate;

    private static bool ReadsInitial(ProbeConfig probe) =>
        IsScript(probe) || probe.Of == ProbeTarget.CumulativeUpdate || MetricCatalogue.Of(probe.Metric).NeedsReference;

    /// <summary>The outputs of all linears at all positions of the rows.</summary>
    private long Activations(ProbeConfig probe)
    {
        var outputs = Architectures
            .Of(config.Model)
            .Weights(config.Model)
            .Where(weight => weight.IsLinear)
            .Sum(weight => weight.Shape[0]);
        var positions = Math.Min(ProbeConfig.MostPositions, config.Data.SequenceLength);
        return probe.Of == ProbeTarget.LastActivation
            ? (long)probe.Rows * outputs * sizeof(float)
            : (long)probe.Rows * positions * outputs * sizeof(float);
    }
}
