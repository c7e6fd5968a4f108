using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scale;

/// <summary>
/// A folder of runs of a planned sweep that was never trained. Of twenty cells sixteen are finished, one runs, one was stopped, one failed and
/// one is new.
/// </summary>
/// <param name="runs">The folder, in which the sweep's cells must not exist.</param>
/// <param name="whole">Whether logs are whole, and not sparse.</param>
internal sealed class SimulatedRuns(RunsFolder runs, bool whole)
{
    private const int Turn = 20;

    private static readonly string[] Begun = ["failed", "running", "stopped"];

    /// <summary>Writes it.</summary>
    /// <param name="plan">The sweep; its cells are of one length.</param>
    public void Write(SweepPlan plan)
    {
        var steps = (int)plan.Cells[0].Config.Steps;
        var half = Math.Max(1, steps / 2);
        var (full, begun) = (new SimulatedLog(steps, steps), new SimulatedLog(steps, half));
        var finished = new SimulatedCell(full, "finished", steps, whole);
        var others = Begun.ToDictionary(state => state, state => new SimulatedCell(begun, state, half, whole));
        Directory.CreateDirectory(runs.Sweep(plan.Name).Path);
        plan.ToFile(new Dictionary<string, string> { ["script"] = "simulated" }).Write(runs.Sweep(plan.Name).PlanPath);
        foreach (var (index, cell) in plan.Cells.Index())
            (
                (index % Turn) switch
                {
                    5 => null,
                    9 => others["failed"],
                    13 => others["running"],
                    17 => others["stopped"],
                    _ => finished,
                }
            )?.Write(cell, runs.Cell(cell.Id));
    }
}
