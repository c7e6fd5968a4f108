using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>How far a sweep is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cells">Its cells in the plan's order.</param>
public sealed record SweepStatus(string Name, IReadOnlyList<SweepStatusCell> Cells)
{
    /// <summary>A plan's cells.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="runs">The folder of runs.</param>
    public static SweepStatus Of(SweepPlan plan, RunsFolder runs) =>
        new(plan.Name, AtOnce.Select(Known(plan, runs), cell => Read(runs, cell.Id, cell.Label, cell.Config.Steps)));

    /// <summary>Every sweep of a folder of runs.</summary>
    /// <param name="runs">The folder of runs.</param>
    /// <exception cref="RunFileException">A plan is damaged.</exception>
    public static IReadOnlyList<SweepStatus> All(RunsFolder runs) =>
        [
            .. runs.Sweeps()
                .Select(folder => SweepFile.Read(folder.PlanPath))
                .OfType<SweepFile>()
                .Select(file => Of(file, runs)),
        ];

    /// <summary>A sweep that was run.</summary>
    /// <param name="file">Its plan.</param>
    /// <param name="runs">The folder of runs.</param>
    public static SweepStatus Of(SweepFile file, RunsFolder runs) =>
        new(file.Name, AtOnce.Select(file.Cells, cell => Read(runs, cell.Id, cell.Label, 0)));

    private static IReadOnlyList<PlannedCell> Known(SweepPlan plan, RunsFolder runs) =>
        plan.Search is { } search ? SearchState.Of(search, runs).Cells : plan.Cells;

    private static SweepStatusCell Read(RunsFolder runs, string id, string label, long steps)
    {
        var report = CellReport.Read(runs.Cell(id));
        return new SweepStatusCell(id, label, report.Steps == 0 ? report with { Steps = steps } : report);
    }
}
