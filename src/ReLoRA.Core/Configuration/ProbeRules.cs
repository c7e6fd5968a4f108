using System.Text.RegularExpressions;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Core.Models;

namespace ReLoRA.Core.Configuration;

/// <summary>The rules between probes and the rest of a configuration.</summary>
internal static partial class ProbeRules
{
    public static IEnumerable<ConfigFault> Check(RunConfig config)
    {
        foreach (var (probe, i) in config.Probes.Select((probe, i) => (probe, i)))
        {
            var isNamed =
                probe.Metric == ProbeMetric.Script ? FigureName().IsMatch(probe.Figure) : probe.Figure.Length == 0;
            if (!isNamed)
                yield return new ConfigFault(
                    $"Probes[{i}].Figure",
                    $"\"{probe.Figure}\"",
                    "a name of letters, digits, '_' and '-' for a script's own figure, empty for the others"
                );
            if (probe.Metric != ProbeMetric.Script && WrongTarget(probe) is { } allowed)
                yield return new ConfigFault($"Probes[{i}].Of", $"{probe.Of}", $"for {probe.Metric} {allowed}");
            if (UnknownLayers(config.Model, probe) is { } near)
                yield return new ConfigFault(
                    $"Probes[{i}].Layers",
                    $"\"{probe.Layers}\", which matches no {(IsOfHeads(probe) ? "attention layer or head" : "linear")}",
                    near
                );
            if (config.Probes.Take(i).Any(earlier => earlier.Name == probe.Name))
                yield return new ConfigFault(
                    $"Probes[{i}]",
                    $"a second {probe.Name}",
                    "each figure of the same matrices once",
                    "Remove one of the two."
                );
        }
    }

    /// <summary>What is allowed where a metric is not one of the target.</summary>
    private static string? WrongTarget(ProbeConfig probe)
    {
        if (!Enum.IsDefined(probe.Metric) || !Enum.IsDefined(probe.Of))
            return null;
        var definition = MetricCatalogue.Of(probe.Metric);
        // The model before its first step, with which is compared, had neither an update nor moments.
        var targets = definition.NeedsReference
            ? [.. definition.Targets.Where(target => !TargetKinds.NeedsTraining(target))]
            : definition.Targets;
        return targets.Contains(probe.Of) ? null : string.Join(", ", targets);
    }

    private static bool IsOfHeads(ProbeConfig probe) =>
        probe.Metric != ProbeMetric.Script && TargetKinds.IsOfHeads(probe.Of);

    /// <summary>What is allowed where a pattern matches nothing.</summary>
    private static string? UnknownLayers(ModelConfig model, ProbeConfig probe)
    {
        var layers = Architectures.Of(model).AttentionLayers(model).ToList();
        var names = IsOfHeads(probe) ? layers : [.. LayerPattern.Names(model)];
        var heads = IsOfHeads(probe) ? layers.SelectMany(layer => Heads(layer, probe.Of, model.Heads)) : [];
        if (names.Concat(heads).Any(name => LayerPattern.Matches(probe.Layers, name)))
            return null;
        return $"a pattern over names from {names[0]} to {names[^1]}, for example "
            + (IsOfHeads(probe) ? layers[0] : "*.attention.*")
            + $"; nearest are {Near(probe.Layers, names)}";
    }

    /// <summary>The nearest names in any block, by their ends as well as whole.</summary>
    internal static string Near(string pattern, IEnumerable<string> names)
    {
        var text = pattern.Replace("*", "").Trim('.');
        return string.Join(
            ", ",
            names
                .Select(name => BlockNumber().Replace(name, ""))
                .Distinct(StringComparer.Ordinal)
                .OrderBy(name => Ends(name).Min(end => NearNames.Edits(end, text)))
                .Take(3)
                .Order(StringComparer.Ordinal)
                .Select(name => $"*.{name}")
        );
    }

    private static IEnumerable<string> Ends(string name) =>
        name.Select((letter, at) => (letter, at))
            .Where(one => one.letter == '.')
            .Select(one => name[(one.at + 1)..])
            .Prepend(name);

    private static IEnumerable<string> Heads(string layer, ProbeTarget target, int count)
    {
        var circuit = target is ProbeTarget.QkCircuit or ProbeTarget.QkCircuitPublished ? "qk" : "ov";
        return Enumerable
            .Range(0, count)
            .Select(head => FormattableString.Invariant($"{layer}.{circuit}.head_{head}"))
            .Append($"{layer}.{circuit}");
    }

    [GeneratedRegex(@"^layers\.[0-9]+\.")]
    private static partial Regex BlockNumber();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,100}\z")]
    private static partial Regex FigureName();
}
