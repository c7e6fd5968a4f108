using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Language;
using ReLoRA.Scripting.Language.Steps;

namespace ReLoRA.Scripting.Planning;

/// <summary>Multiplies a sweep's axes out.</summary>
internal static class SweepExpansion
{
    /// <summary>More are most likely a slip, and could not be listed, let alone trained.</summary>
    private const int MostCells = 10_000;

    /// <summary>Those that conditions leave out included, so that a slip does not loop for hours.</summary>
    private const int MostLookedAt = 1_000_000;

    /// <summary>All combinations; the first axis varies slowest.</summary>
    /// <exception cref="UserFaultException">There are too many, or the baseline's lambda threw.</exception>
    public static IReadOnlyList<DeclaredCell> Of(SweepDeclaration sweep)
    {
        IEnumerable<SweepCell> made = [new SweepCell(sweep.Preset, "")];
        var looked = 0;
        foreach (var step in sweep.Steps)
            made = made.SelectMany(step.Apply).Select(cell => ++looked <= MostLookedAt ? cell : throw TooMany(sweep));
        // Multiplied out no further than is needed to see that there are too many.
        var cells = made.Take(MostCells + 1).ToList();
        if (cells.Count > MostCells)
            throw TooMany(sweep);
        if (cells.Count == 0)
            throw ScriptFault.At(
                sweep.Place,
                $"Sweep(\"{sweep.Title}\"): .Where leaves no cell. Allowed: at least one. Widen its condition."
            );
        return
        [
            .. cells.Select(cell => new DeclaredCell(
                Watched(sweep, cell.Config),
                Partner(sweep, cell.Config) is { } partner ? Watched(sweep, partner) : null,
                cell.Values
            )),
        ];
    }

    private static UserFaultException TooMany(SweepDeclaration sweep) =>
        ScriptFault.At(
            sweep.Place,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Sweep(\"{sweep.Title}\"): more than {MostCells:N0} combinations, or than {MostLookedAt:N0} before .Where; allowed: at most as many. Split the sweep."
            )
        );

    /// <summary>With what the sweep evaluates and measures. A partner gets it whatever its lambda made of the cell's.</summary>
    internal static RunConfig Watched(SweepDeclaration sweep, RunConfig config) =>
        config with
        {
            Evaluation = sweep.Evaluation?.Config ?? config.Evaluation,
            Probes =
                sweep.Probes.Count == 0
                    ? config.Probes
                    : [.. config.Probes ?? [], .. sweep.Probes.Select(probe => probe.Config)],
        };

    private static RunConfig? Partner(SweepDeclaration sweep, RunConfig config)
    {
        if (sweep.PairedWith is not { } rule || HasNullRecord(config))
            return null;
        return ScriptFault.Guard(rule.Place, ".Baseline", () => rule.Change(config))
            ?? throw ScriptFault.At(rule.Place, ".Baseline: the lambda returned null.");
    }

    /// <summary>Such a cell is refused anyway; the lambda could only fail on it with a worse message.</summary>
    private static bool HasNullRecord(RunConfig config) =>
        KnobProperties.Of(typeof(RunConfig)).Any(property => property.GetValue(config) is null)
        || config.LowRank.Semantics is null;
}
