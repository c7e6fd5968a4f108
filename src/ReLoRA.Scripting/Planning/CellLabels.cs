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
        var knobs = AtOnce.Select([.. configs.Zip(normal)], pair => Effective(pair.First, pair.Second));
        // Most knobs are alike in all cells, and a text of each of many cells' takes longer than everything else about their names.
        var differing = AtOnce.Select(knobs, cell => Differing(cell, knobs[0])).SelectMany(paths => paths).ToHashSet();
        var cells = AtOnce.Select(
            [.. knobs.Zip(normal)],
            pair => Texts(pair.First.Where(knob => differing.Contains(knob.Key)), pair.Second, namedSemantics)
        );
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

    private static Dictionary<string, object> Effective(RunConfig config, RunConfig normal)
    {
        var ineffective = ConfigNormalizer.Ineffective(config).ToHashSet();
        return KnobTree
            .Leaves(normal)
            .Where(leaf => !ineffective.Contains(leaf.Key))
            .Where(leaf => !leaf.Key.StartsWith("Evaluation.", StringComparison.Ordinal))
            .Where(leaf => !leaf.Key.StartsWith("Checkpoint.", StringComparison.Ordinal))
            .ToDictionary();
    }

    /// <summary>Knobs that one of two cells has and the other has not, or has at another value.</summary>
    private static List<string> Differing(Dictionary<string, object> one, Dictionary<string, object> other) =>
        [
            .. one.Where(knob => !knob.Value.Equals(other.GetValueOrDefault(knob.Key))).Select(knob => knob.Key),
            .. other.Keys.Where(path => !one.ContainsKey(path)),
        ];

    private static Dictionary<string, string> Texts(
        IEnumerable<KeyValuePair<string, object>> knobs,
        RunConfig normal,
        bool namedSemantics
    )
    {
        var texts = new Dictionary<string, string>();
        foreach (var (path, value) in knobs)
            if (namedSemantics && path.StartsWith(Semantics + ".", StringComparison.Ordinal))
                texts[Semantics] = $"{normal.LowRank.Semantics}";
            else
                texts[path] = string.Create(CultureInfo.InvariantCulture, $"{value}");
        return texts;
    }

    private static List<string> Chosen(IReadOnlyList<Dictionary<string, string>> cells, IReadOnlyList<string> axes)
    {
        var order = cells
            .SelectMany(cell => cell.Keys)
            .Distinct()
            .OrderBy(path =>
                path == Method ? -1
                : axes.Any(axis => path == axis || path.StartsWith(axis + ".", StringComparison.Ordinal)) ? 0
                : 1
            );
        var chosen = new List<string>();
        var (groups, count) = (new int[cells.Count], 1);
        foreach (var path in order)
        {
            var finer = new Dictionary<(int Group, string? Text), int>();
            var divided = new int[cells.Count];
            foreach (var (i, cell) in cells.Index())
            {
                var group = (groups[i], cell.GetValueOrDefault(path));
                finer.TryAdd(group, finer.Count);
                divided[i] = finer[group];
            }
            if (finer.Count <= count)
                continue;
            chosen.Add(path);
            (groups, count) = (divided, finer.Count);
        }
        return chosen;
    }

    private static string Join(Dictionary<string, string> cell, IEnumerable<string> paths) =>
        string.Join(' ', paths.Where(cell.ContainsKey).Select(path => Show(path, cell[path])));

    private static string Show(string path, string value)
    {
        var name = path[(path.LastIndexOf('.') + 1)..];
        return path is Method or Semantics ? value : $"{name}={value}";
    }
}
