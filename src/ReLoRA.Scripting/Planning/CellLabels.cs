using System.Globalization;
using ReLoRA.Core.Configuration;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Planning;

/// <summary>
/// Names cells by what differs inside the sweep. A knob without effect in a cell is left out of its name, and so is one that
/// follows from those named already. Never identity: the same cell may be called otherwise in another sweep.
/// </summary>
internal static class CellLabels
{
    private const string Semantics = "LowRank.Semantics";
    private const string Method = "LowRank.Method";
    private const string Seed = "Seed";

    /// <summary>Each configuration's arm and label.</summary>
    /// <param name="configs">Distinct configurations.</param>
    /// <param name="axes">The knobs that the sweep varies, which are named rather than what follows from them.</param>
    public static IReadOnlyList<(string Arm, string Label)> Of(
        IReadOnlyList<RunConfig> configs,
        IReadOnlyList<string> axes
    )
    {
        var normal = AtOnce.Select(configs, ConfigNormalizer.Normalize);
        var namedSemantics = NamedSemantics(normal);
        var cells = AtOnce.Select([.. configs.Zip(normal)], pair => Texts(pair.First, pair.Second, namedSemantics));
        var named = Chosen(cells, axes);
        return
        [
            .. cells.Select(
                (cell, i) =>
                {
                    var arm = Join(cell, named.Where(path => path != Seed));
                    if (arm.Length == 0)
                        arm = $"{configs[i].LowRank.Method}";
                    var label = named.Contains(Seed) ? $"{arm} Seed={cell[Seed]}" : arm;
                    return (arm, label);
                }
            ),
        ];
    }

    /// <summary>Semantics are named as a whole where all are presets, else point by point.</summary>
    private static bool NamedSemantics(IReadOnlyList<RunConfig> normal) =>
        normal
            .Where(config => config.LowRank.Method != LowRankMethod.FullRank)
            .Select(config => config.LowRank.Semantics)
            .Distinct()
            .All(semantics => !$"{semantics}".Contains('=', StringComparison.Ordinal));

    private static Dictionary<string, string> Texts(RunConfig config, RunConfig normal, bool namedSemantics)
    {
        var ineffective = ConfigNormalizer.Ineffective(config).ToHashSet();
        var texts = new Dictionary<string, string>();
        foreach (var (path, value) in KnobTree.Leaves(normal).Where(leaf => !ineffective.Contains(leaf.Key)))
        {
            if (
                path.StartsWith("Evaluation.", StringComparison.Ordinal)
                || path.StartsWith("Checkpoint.", StringComparison.Ordinal)
            )
                continue;
            if (namedSemantics && path.StartsWith(Semantics + ".", StringComparison.Ordinal))
                texts[Semantics] = $"{normal.LowRank.Semantics}";
            else
                texts[path] = string.Create(CultureInfo.InvariantCulture, $"{value}");
        }
        return texts;
    }

    private static List<string> Chosen(IReadOnlyList<Dictionary<string, string>> cells, IReadOnlyList<string> axes)
    {
        var differing = cells
            .SelectMany(cell => cell.Keys)
            .Distinct()
            .Where(path => cells.Any(cell => cell.GetValueOrDefault(path) != cells[0].GetValueOrDefault(path)))
            .ToList();
        var order = differing
            .OrderBy(path =>
                path == Method ? -1
                : axes.Any(axis => path == axis || path.StartsWith(axis + ".", StringComparison.Ordinal)) ? 0
                : 1
            )
            .ToList();
        var chosen = new List<string>();
        foreach (var path in order)
        {
            if (Groups(cells, chosen) < Groups(cells, [.. chosen, path]))
                chosen.Add(path);
        }
        return chosen;
    }

    private static int Groups(IReadOnlyList<Dictionary<string, string>> cells, List<string> paths) =>
        cells.Select(cell => string.Join('\n', paths.Select(path => cell.GetValueOrDefault(path)))).Distinct().Count();

    private static string Join(Dictionary<string, string> cell, IEnumerable<string> paths) =>
        string.Join(' ', paths.Where(cell.ContainsKey).Select(path => Show(path, cell[path])));

    private static string Show(string path, string value)
    {
        var name = path[(path.LastIndexOf('.') + 1)..];
        return path is Method or Semantics ? value : $"{name}={value}";
    }
}
