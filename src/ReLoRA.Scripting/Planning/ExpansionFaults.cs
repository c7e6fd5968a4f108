using System.Collections.Concurrent;
using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Planning;

/// <summary>Finds every fault of every cell, each told once, with the script line of the call that set the knob.</summary>
internal static class ExpansionFaults
{
    /// <exception cref="UserFaultException">There are faults; the message lists all.</exception>
    public static void ThrowIfAny(SweepDeclaration sweep, IReadOnlyList<DeclaredCell> cells)
    {
        // Partners of many cells are equal.
        var partners = new ConcurrentDictionary<RunConfig, IReadOnlyList<ConfigFault>>();
        var faults = AtOnce
            .Select(cells, cell => OfCell(sweep, cell, partners).ToList())
            .SelectMany(found => found)
            .GroupBy(fault => fault.Key)
            .Select(group => group.Key + Where([.. group.Select(fault => fault.Values).Distinct()], cells.Count))
            .ToList();
        if (faults.Count > 0)
            throw new UserFaultException(
                $"The sweep '{sweep.Title}' cannot run, nothing was trained:\n"
                    + string.Join('\n', faults.Select(fault => $"  {fault}"))
            );
    }

    private static string Where(List<string> values, int cells) =>
        values.Count switch
        {
            _ when values.Count == cells || values[0].Length == 0 => "",
            1 => $" (cell {values[0]})",
            _ => $" (cell {values[0]} and {values.Count - 1} more)",
        };

    private static IEnumerable<(string Key, string Values)> OfCell(
        SweepDeclaration sweep,
        DeclaredCell cell,
        ConcurrentDictionary<RunConfig, IReadOnlyList<ConfigFault>> partners
    )
    {
        var own = ConfigValidator.Validate(cell.Config);
        foreach (var fault in own)
        {
            var axis = sweep.Axes.LastOrDefault(axis => Sets(axis, fault.Path));
            if (axis is null && OfWatching(sweep, fault, cell.Config) is { } told)
            {
                yield return (told, "");
                continue;
            }
            // A value that the axis itself shows need not be repeated behind the message.
            yield return axis is null
                ? ($"{sweep.Place}: Sweep(\"{sweep.Title}\"): {fault}", cell.Values)
                : ($"{axis.Place}: {axis.Call}: {fault}", axis.Path == fault.Path && IsRange(fault) ? "" : cell.Values);
        }
        if (cell.Partner is null || own.Count > 0)
            yield break;
        foreach (
            var fault in partners
                .GetOrAdd(cell.Partner, ConfigValidator.Validate)
                .Concat(Unequal(cell.Config, cell.Partner))
        )
            yield return ($"{sweep.PairedWith!.Place}: .Baseline: {fault}", cell.Values);
    }

    /// <summary>The fault with the line of the call that set it, if <c>.Evaluate</c> or <c>.Probe</c> did.</summary>
    private static string? OfWatching(SweepDeclaration sweep, ConfigFault fault, RunConfig config)
    {
        if (sweep.Evaluation is { } evaluation && fault.Path.StartsWith("Evaluation.", StringComparison.Ordinal))
            return $"{evaluation.Place}: .Evaluate: {fault}";
        if (!fault.Path.StartsWith("Probes[", StringComparison.Ordinal))
            return null;
        var index = int.Parse(fault.Path["Probes[".Length..].Split(']')[0], CultureInfo.InvariantCulture);
        var own = index - (config.Probes.Count - sweep.Probes.Count);
        return own < 0 ? null : $"{sweep.Probes[own].Place}: {sweep.Probes[own].Call}: {fault}";
    }

    private static bool Sets(Axis axis, string path) =>
        path == axis.Path || path.StartsWith(axis.Path + ".", StringComparison.Ordinal);

    private static bool IsRange(ConfigFault fault) => !fault.Allowed.Contains('(', StringComparison.Ordinal);

    private static IEnumerable<ConfigFault> Unequal(RunConfig cell, RunConfig partner)
    {
        const string remedy = "A baseline is the cell at full rank, at equal tokens, data order and seed.";
        if (partner.LowRank.Method != LowRankMethod.FullRank)
            yield return new ConfigFault(
                "LowRank.Method",
                $"{partner.LowRank.Method}",
                nameof(LowRankMethod.FullRank),
                remedy
            );
        foreach (var (path, value) in KnobTree.Leaves(cell))
        {
            var paired =
                path == "Seed" || path.StartsWith("Data.", StringComparison.Ordinal) || path == "Budget.Tokens";
            if (paired && KnobTree.Get(partner, path) is var other && !value.Equals(other))
                yield return new ConfigFault(
                    path,
                    FormattableString.Invariant($"{other}"),
                    FormattableString.Invariant($"the cell's own {value}"),
                    remedy
                );
        }
    }
}
