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
    public void RequireBelowCeiling(IReadOnlyList<SweepPlan> plans)
    {
        if (!Options.Fresh)
            foreach (var plan in plans)
                ReadableCells.Require(plan, Runs);
        var cells = plans
            .SelectMany(plan => CellSelection.Of(plan, Options, Runs).Plan.Cells)
            .DistinctBy(cell => cell.Id)
            .Where(cell => Options.Fresh || !CellReport.IsFinished(Runs.Cell(cell.Id)))
            .ToList();
        Ceiling.Require(cells.Count, cells.Sum(cell => cell.Tokens));
    }
}
