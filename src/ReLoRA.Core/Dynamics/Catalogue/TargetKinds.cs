using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Dynamics.Catalogue;

/// <summary>Which targets are of a kind.</summary>
internal static class TargetKinds
{
    /// <summary>Everything that is a matrix.</summary>
    public static IReadOnlyList<ProbeTarget> Matrices { get; } =
    [.. Enum.GetValues<ProbeTarget>().Where(target => target != ProbeTarget.Attention)];

    /// <summary>Everything, tensors of more axes included.</summary>
    public static IReadOnlyList<ProbeTarget> All { get; } = Enum.GetValues<ProbeTarget>();

    /// <summary>Samples by features.</summary>
    public static IReadOnlyList<ProbeTarget> Activations { get; } =
    [ProbeTarget.Activation, ProbeTarget.LastActivation];

    /// <summary>What was added to a weight.</summary>
    public static IReadOnlyList<ProbeTarget> Updates { get; } =
    [ProbeTarget.CumulativeUpdate, ProbeTarget.ResetUpdate, ProbeTarget.StepUpdate];

    /// <summary>Whether it is of attention heads, not of linears.</summary>
    public static bool IsOfHeads(ProbeTarget target) =>
        target
            is ProbeTarget.OvCircuit
                or ProbeTarget.OvCircuitPublished
                or ProbeTarget.QkCircuit
                or ProbeTarget.QkCircuitPublished
                or ProbeTarget.Attention;

    /// <summary>Whether it is nothing, or 0, before the first update, so that a comparison with that model says nothing.</summary>
    public static bool NeedsTraining(ProbeTarget target) =>
        Updates.Contains(target) || target is ProbeTarget.FirstMoment or ProbeTarget.SecondMoment;

    /// <summary>Whether a probe passes rows of data through the model, or may.</summary>
    public static bool ReadsRows(ProbeConfig probe) => probe.Metric == ProbeMetric.Script || IsObserved(probe.Of);

    /// <summary>Whether a probe asks for what the last update added, or may.</summary>
    public static bool ReadsUpdate(ProbeConfig probe) =>
        probe.Metric == ProbeMetric.Script || probe.Of == ProbeTarget.StepUpdate;

    /// <summary>Whether rows of data have to pass through the model.</summary>
    public static bool IsObserved(ProbeTarget target) =>
        target is ProbeTarget.Attention || IsGradient(target) || Activations.Contains(target);

    /// <summary>Whether it is a gradient.</summary>
    public static bool IsGradient(ProbeTarget target) =>
        target is ProbeTarget.Gradient or ProbeTarget.AdapterAGradient or ProbeTarget.AdapterBGradient;

    /// <summary>Whether published learning dynamics may have it, though rows of data have to pass through a model for it.</summary>
    public static bool IsPublished(ProbeTarget target) => IsGradient(target) || Activations.Contains(target);

    /// <summary>Whether it is counted from other weights, which a checkpoint alone does not have.</summary>
    public static bool IsUpdateSince(ProbeTarget target) =>
        target is ProbeTarget.CumulativeUpdate or ProbeTarget.StepUpdate;
}
