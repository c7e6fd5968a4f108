using System.Globalization;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Tells from a worker's exit code and its cell's folder what became of the cell.</summary>
internal sealed class CellVerdict(StopRequest stop, TimeProvider clock, CellTenure tenure)
{
    /// <summary>What became of it; of a failure the reason, and the worker's last words.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="execution">How it was executed.</param>
    /// <param name="worker">The worker's process id.</param>
    /// <param name="exit">Its exit code.</param>
    /// <param name="words">Where its own words begin in <c>worker.log</c>.</param>
    /// <param name="hung">Why it counts as hung; empty where it was not.</param>
    public CellResult Of(
        PlannedCell cell,
        CellFolder folder,
        ExecutionSettings execution,
        int worker,
        int exit,
        long words,
        string hung = ""
    )
    {
        var finished = CellReport.IsFinished(folder);
        if (exit == WorkerExit.Finished && finished)
            return new CellResult(cell, CellOutcome.Finished, CellReport.Read(folder));
        if (exit == WorkerExit.Paused)
            return new CellResult(cell, CellOutcome.Paused, CellReport.Read(folder));
        if (exit is WorkerExit.Stopped or WorkerExit.Handover || stop.Stop.IsCancellationRequested)
            return new CellResult(
                cell,
                CellOutcome.Stopped,
                CellReport.Read(folder),
                "stopped; run the sweep again to go on"
            );
        var reason =
            hung.Length > 0 ? hung
            : exit == WorkerExit.Finished ? "the worker ended without finishing the cell"
            : exit == WorkerExit.UserFault ? ""
            // The shell's and .NET's way to tell that a signal ended a process.
            : exit > 128
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"the worker was ended by signal {exit - 128}{Explain(exit - 128, cell, folder, execution)}"
                )
            : string.Create(CultureInfo.InvariantCulture, $"the worker failed with exit code {exit}");
        var tail = WorkerLogTail.Read(folder.WorkerLogPath, words);
        var parts = new[] { reason, tail, $"    log: {folder.WorkerLogPath}" };
        var message = string.Join('\n', parts.Where(part => part.Length > 0));
        WriteFailed(cell, folder, worker, message);
        return new CellResult(cell, CellOutcome.Failed, CellReport.Read(folder), message);
    }

    private static string Explain(int signal, PlannedCell cell, CellFolder folder, ExecutionSettings execution) =>
        signal switch
        {
            4 or 6 or 7 or 8 or 11 => ", a crash in native code",
            9 => ": by hand, or by the system when memory ran out. " + MemoryRemedy.Of(cell.Config, execution, folder),
            _ => "",
        };

    private void WriteFailed(PlannedCell cell, CellFolder folder, int worker, string message)
    {
        if (!tenure.FenceOf(folder).IsMine)
            return;
        var last =
            WorkerWatch.StatusOf(folder)
            ?? new CellStatus
            {
                State = "failed",
                Steps = cell.Config.Steps,
                ProcessId = worker,
            };
        var failed = last with
        {
            State = "failed",
            Message = message,
            Updated = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        };
        try
        {
            failed.Write(folder.StatusPath);
        }
        catch (IOException)
        {
            // On a full disk the worker's message is worth more than that the status cannot say so too.
        }
    }
}
