using ReLoRA.Core;
using ReLoRA.Export;
using ReLoRA.Results.Runs;

namespace ReLoRA.Cli.Commands;

/// <summary>Which cells <c>export</c> is about, and where the tables go.</summary>
internal static class ExportChoice
{
    /// <exception cref="UserFaultException">There is no such sweep, or no cell at all.</exception>
    public static ExportOptions Of(SweepTarget target, string? sweep, ExportFormat format, string? output)
    {
        var names = target.NamesOrNone();
        if (sweep is not null && !names.Contains(sweep))
            throw new UserFaultException(
                names.Count == 0
                    ? $"There is no sweep '{sweep}' in {target.Runs.Root}, and no other."
                    : $"There is no sweep '{sweep}' in {target.Runs.Root}. There are: {string.Join(", ", names)}"
            );
        var withOthers = sweep is null && !target.IsScript;
        var problems = new List<ExportProblem>();
        var plans = new List<SweepFile>();
        foreach (var name in sweep is null ? names : [sweep])
        {
            if (Read(target, name, isOnlyOne: !withOthers, problems) is { } plan)
                plans.Add(plan);
        }
        if (plans.All(plan => plan.Cells.Count == 0) && !(withOthers && target.Runs.Cells().Count > 0))
            throw new UserFaultException(
                $"There are no cells in {target.Runs.Root}. Give a folder of runs or a script, or run a sweep first: relora run SCRIPT"
            );
        return new ExportOptions
        {
            Runs = target.Runs,
            Sweeps = plans,
            WithOtherCells = withOthers,
            Problems = problems,
            Format = format,
            Output = output ?? Path.Combine(target.Runs.Root, "exports", Folder(sweep, format)),
            Knob = KnobColumns.Of,
        };
    }

    private static string Folder(string? sweep, ExportFormat format)
    {
        var name = format.ToString().ToLowerInvariant();
        return sweep is null ? name : $"{sweep}-{name}";
    }

    private static SweepFile? Read(SweepTarget target, string name, bool isOnlyOne, List<ExportProblem> problems)
    {
        try
        {
            var path = target.Runs.Sweep(name).PlanPath;
            return SweepFile.Read(path)
                ?? throw new RunFileException(
                    path,
                    $"the sweep '{name}' has not been run. Run it first: relora run SCRIPT"
                );
        }
        // Of many, the others are exported; the cells of this one too, without their labels.
        catch (RunFileException fault) when (!isOnlyOne)
        {
            problems.Add(new ExportProblem("error", null, "no_plan", null, fault.Message));
            return null;
        }
    }
}
