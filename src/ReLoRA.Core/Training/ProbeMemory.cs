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
    private readonly List<long[]> shapes =
    [
        .. Architectures
            .Of(config.Model)
            .Weights(config.Model)
            .Where(weight => weight.IsLinear)
            .Select(weight => weight.Shape),
    ];

    private long Linears => shapes.Sum(shape => shape[0] * shape[1]);

    /// <summary>What stays from one moment to the next: the model before its first step.</summary>
    public long Kept => config.Probes.Any(ReadsInitial) ? stored * number : 0;

    /// <summary>
    /// What a moment takes, which finds the activations' place free: the weights before an update, copies of the model, gradients in 64 bits, activations, attention.
    /// </summary>
    public long Passing
    {
        get
        {
            var observed = config.Probes.Where(TargetKinds.ReadsRows).ToList();
            var bytes = config.Probes.Any(TargetKinds.ReadsUpdate) ? Linears * sizeof(float) : 0;
            if (observed.Count == 0)
                return bytes;
            var models = observed.Any(ReadsInitial) ? 2 : 1;
            return bytes
                + models * ((stored * sizeof(float)) + observed.DistinctBy(probe => (probe.Of, probe.Rows)).Sum(Seen))
                + (Linears * sizeof(double));
        }
    }

    /// <summary>What probes take in all.</summary>
    /// <param name="config">The run.</param>
    public static long Of(RunConfig config)
    {
        var memory = new ProbeMemory(config, new TrainedWeights(config, isWarm: false).Stored, sizeof(double));
        return memory.Kept + memory.Passing;
    }

    private static bool IsScript(ProbeConfig probe) => probe.Metric == ProbeMetric.Script;

    private static bool ReadsInitial(ProbeConfig probe) =>
        IsScript(probe) || probe.Of == ProbeTarget.CumulativeUpdate || MetricCatalogue.Of(probe.Metric).NeedsReference;

    /// <summary>What rows leave behind: the outputs of all linears, or the attention of all layers.</summary>
    private long Seen(ProbeConfig probe)
    {
        var outputs = shapes.Sum(shape => shape[0]);
        long positions = Math.Min(ProbeConfig.MostPositions, config.Data.SequenceLength);
        var numbers = probe.Of switch
        {
            _ when IsScript(probe) => positions * outputs,
            ProbeTarget.Attention => positions * positions * config.Model.Heads * config.Model.Layers,
            ProbeTarget.LastActivation => outputs,
            ProbeTarget.Activation => positions * outputs,
            _ => 0,
        };
        return probe.Rows * numbers * sizeof(float);
    }
}
