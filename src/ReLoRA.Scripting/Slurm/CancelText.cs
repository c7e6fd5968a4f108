using System.Globalization;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>What a cancelling did, in words.</summary>
public static class CancelText
{
    /// <summary>One sentence a line; also where nothing was to be done.</summary>
    /// <param name="plan">What was done.</param>
    /// <param name="sweep">The sweep.</param>
    public static IReadOnlyList<string> Of(CancelPlan plan, SweepStatus sweep)
    {
        var parts = new[] { Part(plan.Waiting, "waited", sweep), Part(plan.Running, "ran", sweep) }
            .Where(part => part.Length > 0)
            .ToList();
        var done =
            parts.Count == 0
                ? $"{plan.Sweep}: nothing to cancel{(plan.Left.Count == 0 ? ": none of the chosen cells is in a task that waits or runs" : "")}."
                : $"{plan.Sweep}: cancelled {string.Join(", and ", parts)}.";
        string[] after =
            plan.Running.Count > 0 ? ["What ran saves a checkpoint and ends; submit goes on from there."] : [];
        return [done, .. after, .. plan.Left];
    }

    private static string Part(IReadOnlyList<SubmittedTask> tasks, string what, SweepStatus sweep)
    {
        if (tasks.Count == 0)
            return "";
        var finished = sweep
            .Cells.Where(cell => cell.Report.State == CellState.Finished)
            .Select(cell => cell.Id)
            .ToHashSet();
        var cells = tasks.SelectMany(task => task.Cells).Count(id => !finished.Contains(id));
        var names = tasks
            .GroupBy(task => task.Job.Id)
            .Select(job => $"{job.Key}_[{string.Join(',', TaskRanges.Of(job.Select(task => task.Number)))}]");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{tasks.Count} {(tasks.Count == 1 ? "task" : "tasks")} that {what} ({string.Join(", ", names)}; {cells} {(cells == 1 ? "cell" : "cells")})"
        );
    }
}
