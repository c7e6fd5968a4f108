using System.Text.Json.Serialization;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Running;

/// <summary>How far a sweep is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cells">Its cells in the plan's order.</param>
public sealed record SweepStatus(string Name, IReadOnlyList<SweepStatusCell> Cells)
{
    /// <summary>What there is to say of its tasks, where some of its cells were submitted to a scheduler; null otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SubmittedSweep? Slurm { get; init; }

    /// <summary>A plan's cells.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="clock">Tells how old a sign of life is. Default: the machine's.</param>
    public static SweepStatus Of(SweepPlan plan, RunsFolder runs, TimeProvider? clock = null) =>
        new(
            plan.Name,
            AtOnce.Select(Known(plan, runs), cell => Read(runs, cell.Id, cell.Label, cell.Config.Steps, clock))
        );

    /// <summary>Every sweep of a folder of runs.</summary>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="clock">Tells how old a sign of life is. Default: the machine's.</param>
    /// <exception cref="RunFileException">A plan is damaged.</exception>
    public static IReadOnlyList<SweepStatus> All(RunsFolder runs, TimeProvider? clock = null) =>
        [
            .. runs.Sweeps()
                .Select(folder => SweepFile.Read(folder.PlanPath))
                .OfType<SweepFile>()
                .Select(file => Of(file, runs, clock)),
        ];

    /// <summary>A sweep that was run.</summary>
    /// <param name="file">Its plan.</param>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="clock">Tells how old a sign of life is. Default: the machine's.</param>
    public static SweepStatus Of(SweepFile file, RunsFolder runs, TimeProvider? clock = null) =>
        new(file.Name, AtOnce.Select(file.Cells, cell => Read(runs, cell.Id, cell.Label, 0, clock)));

    private static IReadOnlyList<PlannedCell> Known(SweepPlan plan, RunsFolder runs) =>
        plan.Search is { } search ? SearchState.Of(search, runs).Cells : plan.Cells;

    private static SweepStatusCell Read(RunsFolder runs, string id, string label, long steps, TimeProvider? clock)
    {
        var report = CellReport.Read(runs.Cell(id), clock);
        return new SweepStatusCell(id, label, report.Steps == 0 ? report with { Steps = steps } : report);
    }
}
