using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Who trains a cell that a task has too: a run outside of the scheduler, or another task.</summary>
internal static class OtherTrainer
{
    /// <summary>In words; empty where it is the task itself, nobody, or not known.</summary>
    /// <param name="report">How far the cell is.</param>
    /// <param name="folder">The cell's folder.</param>
    /// <param name="task">The task.</param>
    public static string Of(CellReport report, CellFolder folder, SubmittedTask task)
    {
        if (report.State != CellState.Running)
            return "";
        try
        {
            return CellOwner.Read(folder.OwnerPath) is not { } owner ? "another run"
                : owner.TaskName == task.Name ? ""
                : $"the task {owner.TaskName}";
        }
        catch (RunFileException)
        {
            // Who trains it is told of that file; a display does not end for it.
            return "";
        }
    }
}
