using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Planning;

/// <summary>Multiplies a sweep's axes out.</summary>
internal static class SweepExpansion
{
    /// <summary>More are most likely a slip, and could not be listed, let alone trained.</summary>
    private const int MostCells = 10_000;

    /// <summary>All combinations; the first axis varies slowest.</summary>
    /// <exception cref="UserFaultException">There are too many, or the baseline's lambda threw.</exception>
    public static IReadOnlyList<DeclaredCell> Of(SweepDeclaration sweep)
    {
        var axes = sweep.Axes.ToList();
        var count = axes.Aggregate(1.0, (product, axis) => product * axis.Values.Count);
        if (count > MostCells)
            throw ScriptFault.At(
                sweep.Place,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Sweep(\"{sweep.Name}\"): {count:N0} combinations; allowed: at most {MostCells:N0}. Split the sweep."
                )
            );
        IEnumerable<(RunConfig Config, string Values)> cells = [(sweep.Preset, "")];
        foreach (var axis in axes)
            cells = cells.SelectMany(cell => axis.Values.Select(value => Set(cell, axis, value)));
        return
        [
            .. cells.Select(cell => new DeclaredCell(
                Watched(sweep, cell.Config),
                Partner(sweep, cell.Config) is { } partner ? Watched(sweep, partner) : null,
                cell.Values
            )),
        ];
    }

    /// <summary>With what the sweep evaluates and measures. A partner gets it whatever its lambda made of the cell's.</summary>
    private static RunConfig Watched(SweepDeclaration sweep, RunConfig config) =>
        config with
        {
            Evaluation = sweep.Evaluation?.Config ?? config.Evaluation,
            Probes =
                sweep.Probes.Count == 0
                    ? config.Probes
                    : [.. config.Probes ?? [], .. sweep.Probes.Select(probe => probe.Config)],
        };

    private static (RunConfig, string) Set((RunConfig Config, string Values) cell, Axis axis, object? value)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{axis.Path} = {value ?? "null"}");
        return (
            KnobTree.With(cell.Config, axis.Path, value),
            cell.Values.Length == 0 ? text : $"{cell.Values}, {text}"
        );
    }

    private static RunConfig? Partner(SweepDeclaration sweep, RunConfig config)
    {
        if (sweep.PairedWith is not { } rule || HasNullRecord(config))
            return null;
        try
        {
            return rule.Change(config) ?? throw ScriptFault.At(rule.Place, ".Baseline: the lambda returned null.");
        }
#pragma warning disable CA1031 // The user's lambda may throw anything; it is told with its line, as any fault of a script.
        catch (Exception e) when (e is not UserFaultException)
#pragma warning restore CA1031
        {
            throw ScriptFault.At(rule.Place, $".Baseline: the lambda threw {e.GetType().Name}: {e.Message}", e);
        }
    }

    /// <summary>Such a cell is refused anyway; the lambda could only fail on it with a worse message.</summary>
    private static bool HasNullRecord(RunConfig config) =>
        KnobProperties.Of(typeof(RunConfig)).Any(property => property.GetValue(config) is null)
        || config.LowRank.Semantics is null;
}
