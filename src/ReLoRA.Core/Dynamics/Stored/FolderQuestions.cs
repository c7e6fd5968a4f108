using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;

namespace ReLoRA.Core.Dynamics.Stored;

/// <summary>Reads what is to be measured, and reports every fault of it at once.</summary>
internal static class FolderQuestions
{
    /// <summary>The metrics that can be computed of a checkpoint.</summary>
    public static IReadOnlyList<MetricDefinition> Metrics { get; } =
    [.. MetricCatalogue.All.Where(definition => definition.Metric != ProbeMetric.Snapshot)];

    /// <summary>One question a metric.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="folders">The checkpoints.</param>
    /// <exception cref="UserFaultException">Something of it cannot be; the message lists all.</exception>
    public static IReadOnlyList<ProbeConfig> Of(FolderProbeOptions options, IReadOnlyList<ProbedFolder> folders)
    {
        var faults = new List<string>();
        var target = options.Of is { } name ? Target(name, faults) : null;
        var questions = options
            .Metrics.Distinct(StringComparer.Ordinal)
            .Select(metric => Question(metric, options, target, faults))
            .OfType<ProbeConfig>()
            .ToList();
        if (options.Metrics.Count == 0)
            faults.Add($"No metric is given; allowed: {string.Join(", ", Metrics.Select(metric => metric.Name))}.");
        if (options.Rows is < 2 or > 4096)
            faults.Add(FormattableString.Invariant($"--rows is {options.Rows}; allowed: 2 to 4096."));
        if (options.Directions < 1)
            faults.Add(FormattableString.Invariant($"--directions is {options.Directions}; allowed: at least 1."));
        foreach (var question in questions)
            faults.AddRange(Missing(question, options, folders));
        return faults.Count == 0 ? questions : throw new UserFaultException(string.Join("\nerror: ", faults));
    }

    private static ProbeTarget? Target(string name, List<string> faults)
    {
        var target = SnakeCase.Find<ProbeTarget>(name);
        if (target is null)
            faults.Add(
                $"--of is {name}; nearest are {Near(name, TargetKinds.All.Select(SnakeCase.Of))}. '--metric list' shows all."
            );
        return target;
    }

    private static ProbeConfig? Question(
        string name,
        FolderProbeOptions options,
        ProbeTarget? target,
        List<string> faults
    )
    {
        if (Metrics.FirstOrDefault(one => one.Name == name) is not { } definition)
        {
            faults.Add(
                $"--metric is {name}; nearest are {Near(name, Metrics.Select(one => one.Name))}. '--metric list' shows all."
            );
            return null;
        }
        if (options.Of is not null && target is null)
            return null;
        var of = target ?? definition.Natural;
        if (!definition.Targets.Contains(of))
        {
            faults.Add(
                $"--of is {SnakeCase.Of(of)}, of which {name} is not defined; allowed for {name}: "
                    + $"{string.Join(", ", definition.Targets.Select(SnakeCase.Of))}."
            );
            return null;
        }
        return new ProbeConfig
        {
            Metric = definition.Metric,
            Of = of,
            Layers = options.Layers,
            Rows = options.Rows,
            Directions = options.Directions,
            Side = options.Side,
        };
    }

    private static IEnumerable<string> Missing(
        ProbeConfig question,
        FolderProbeOptions options,
        IReadOnlyList<ProbedFolder> folders
    )
    {
        if (MetricCatalogue.Of(question.Metric).NeedsReference && TargetKinds.Updates.Contains(question.Of))
            yield return $"{question.MetricName} of {question.TargetName} would compare with an update that the reference does not have; "
                + "allowed: what both have, for example --of weight.";
        else if (options.Reference is null && MetricCatalogue.Of(question.Metric).NeedsReference)
            yield return $"{question.MetricName} compares with another checkpoint. Give --reference CHECKPOINT.";
        else if (options.Reference is null && TargetKinds.IsUpdateSince(question.Of))
            yield return $"{question.TargetName}, of which {question.MetricName} is to be computed, is counted from another checkpoint. "
                + "Give --reference CHECKPOINT; of adapters, --of reset_update needs none.";
        if (
            options.Data is null
            && TargetKinds.IsObserved(question.Of)
            && folders.FirstOrDefault(folder => folder.Published is null) is { } folder
        )
            yield return $"{question.TargetName}, of which {question.MetricName} is to be computed, needs rows of data for {folder.Path}. "
                + "Give --data DATASET, a folder of token shards"
                + (TargetKinds.IsPublished(question.Of) ? ", or --published where it has learning dynamics." : ".");
    }

    /// <summary>Names that the text is part of, and else those that are spelt most like it.</summary>
    private static string Near(string text, IEnumerable<string> names)
    {
        var all = names.ToList();
        var parts = all.FindAll(name => text.Length > 2 && name.Contains(text, StringComparison.OrdinalIgnoreCase));
        return string.Join(", ", parts.Count > 0 ? parts : NearNames.Of(text, all));
    }
}
