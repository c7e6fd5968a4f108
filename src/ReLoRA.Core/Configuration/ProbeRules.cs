using System.Text.RegularExpressions;

namespace ReLoRA.Core.Configuration;

/// <summary>The rules between probes and the rest of a configuration.</summary>
internal static partial class ProbeRules
{
    public static IEnumerable<ConfigFault> Check(RunConfig config)
    {
        var names = LayerPattern.Names(config.Model).ToList();
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
            if (!names.Any(name => LayerPattern.Matches(probe.Layers, name)))
                yield return new ConfigFault(
                    $"Probes[{i}].Layers",
                    $"\"{probe.Layers}\", which matches no linear",
                    $"a pattern over names from {names[0]} to {names[^1]}, for example *.attention.*"
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

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,100}\z")]
    private static partial Regex FigureName();
}
