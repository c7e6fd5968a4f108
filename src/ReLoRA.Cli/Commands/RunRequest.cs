using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>What <c>relora run</c> was asked for.</summary>
internal sealed record RunRequest(
    string Script,
    IReadOnlyList<string> Arguments,
    RunsFolder Runs,
    RunOptions Options,
    RunCeiling Ceiling
)
{
    /// <summary>Whether a few cells are made small, to see whether they run.</summary>
    public bool Quick { get; init; }

    /// <summary>How the script is hosted.</summary>
    public ScriptHostOptions Host { get; init; } = new();

    /// <summary>Refuses a script of more cells than are likely meant.</summary>
    public void RequireBelowCeiling(IReadOnlyList<SweepPlan> plans) => RequireBelow(Ceiling, plans, Options, Runs);

    /// <summary>The same of a script that is only planned.</summary>
    public static void RequireBelow(
        RunCeiling ceiling,
        IReadOnlyList<SweepPlan> plans,
        RunOptions options,
        RunsFolder runs,
        CellEnds? ends = null
    )
    {
        ends ??= new CellEnds();
        if (!options.Fresh)
            foreach (var plan in plans)
                ReadableCells.Require(plan, runs, ends);
        var cells = plans
            .SelectMany(plan => CellSelection.Of(plan, options, runs).Plan.Cells)
            .DistinctBy(cell => cell.Id)
            .Where(cell => options.Fresh || ends.Of(runs.Cell(cell.Id))?.End is null)
            .ToList();
        var searches = plans.Select(plan => plan.Search).OfType<PlannedSearch>().ToList();
        ceiling.Require(
            cells.Count + searches.Sum(search => search.Trials * search.Seeds),
            cells.Sum(cell => cell.Tokens) + searches.Sum(search => search.Tokens)
        );
    }
}
