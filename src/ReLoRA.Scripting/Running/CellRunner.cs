using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Trains one cell: waits while another process has it, starts a worker, follows it, tells how it ended.</summary>
internal sealed class CellRunner(IWorkerLauncher launcher, IRunObserver observer, StopRequest stop, TimeProvider clock)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    public async Task<CellResult> RunAsync(PlannedCell cell, CellFolder folder, ExecutionRequest request)
    {
        try
        {
            if (!await WaitUntilFreeAsync(cell, folder).ConfigureAwait(false))
                return NotStarted(cell, folder, "the run was stopped");
            // Whoever had it may have finished it.
            if (CellReport.IsFinished(folder))
                return new CellResult(cell, CellOutcome.AlreadyFinished, CellReport.Read(folder));
            var execution = Prepare(cell, folder, request);
            return await WorkAsync(cell, folder, execution).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or UserFaultException
                        or LogFormatException
                        or RunFileException
            )
        {
            // A fault of one cell's folder is that cell's; the others go on.
            return new CellResult(
                cell,
                CellOutcome.Failed,
                new CellReport(CellState.Failed, 0, 0, double.NaN, double.NaN),
                e.Message
            );
        }
    }

    public static CellResult NotStarted(PlannedCell cell, CellFolder folder, string reason) =>
        new(cell, CellOutcome.NotStarted, CellReport.Read(folder), reason);

    private async Task<bool> WaitUntilFreeAsync(PlannedCell cell, CellFolder folder)
    {
        for (var told = false; !stop.Stop.IsCancellationRequested; told = true)
        {
            // The worker itself holds the lock while it works; here it is only tried.
            using (var held = FileLock.TryAcquire(folder.LockPath, out var holder))
            {
                if (held is not null)
                    return true;
                if (!told)
                    observer.Noted($"{cell.Label} ({cell.Id}) is being trained by process {holder}: waiting for it.");
            }
            await PauseAsync().ConfigureAwait(false);
        }
        return false;
    }

    private ExecutionSettings Prepare(PlannedCell cell, CellFolder folder, ExecutionRequest request)
    {
        var execution = ExecutionChoice.For(cell, folder, request);
        if (execution.Threads != request.Threads || execution.Device != request.Device)
            observer.Noted(
                $"{cell.Label}: goes on as it began, threads {execution.Threads}, device {execution.Device}."
            );
        if (request.IsAboutMemory)
            observer.Noted(MemoryNote.Of(cell, folder, execution));
        AtomicFile.Write(folder.ConfigPath, ConfigJson.Write(cell.Config) + "\n");
        AtomicFile.Write(folder.ExecutionPath, execution.Write());
        return execution;
    }

    private async Task<CellResult> WorkAsync(PlannedCell cell, CellFolder folder, ExecutionSettings execution)
    {
        var before = CellReport.Read(folder);
        var words = File.Exists(folder.WorkerLogPath) ? new FileInfo(folder.WorkerLogPath).Length : 0;
        // Who runs the sweep again may have mended what was given up.
        File.Delete(folder.ProbesOffPath);
        for (var handovers = 0; ; handovers++)
        {
            using var worker = launcher.Start(folder, execution);
            observer.CellStarted(cell, before);
            var exit = await FollowAsync(cell, folder, worker).ConfigureAwait(false);
            // Each is without one probe more, so that there are no more of them than probes.
            var goesOn = exit == WorkerExit.Handover && handovers < cell.Config.Probes.Count;
            if (!goesOn || stop.Stop.IsCancellationRequested)
            {
                var result = Judge(cell, folder, execution, worker.Id, exit, words);
                TellNotes(result, folder);
                return result;
            }
            observer.Noted(
                $"{cell.Label}: a figure of the script was given up; the cell goes on without it in a new process."
            );
            before = CellReport.Read(folder);
        }
    }

    /// <summary>What cost no cell, so that nothing else would tell of it: a newest checkpoint that was not whole, a probe that failed.</summary>
    private void TellNotes(CellResult result, CellFolder folder)
    {
        if (!File.Exists(folder.LogPath))
            return;
        var notes = RunLogReader.Read(folder.LogPath).Records<NoteRecord>().Select(note => note.Text).ToList();
        // Earlier sittings' resumes have been told.
        var told = notes.Where(ResumeNote.TellsOfResume).TakeLast(1).Where(ResumeNote.TellsOfDamage);
        var probes = notes.Where(note =>
            result.Outcome == CellOutcome.Finished && note.StartsWith("probe ", StringComparison.Ordinal)
        );
        foreach (var note in told.Concat(probes))
            observer.Noted($"{result.Cell.Label}: {note}");
    }

    private async Task<int> FollowAsync(PlannedCell cell, CellFolder folder, IWorkerProcess worker)
    {
        using var stopping = stop.Stop.Register(worker.RequestStop);
        using var killing = stop.Kill.Register(worker.Kill);
        var exit = worker.WaitAsync();
        CellStatus? last = null;
        while (!exit.IsCompleted)
        {
            await Task.WhenAny(exit, PauseAsync()).ConfigureAwait(false);
            var status = TryReadStatus(folder);
            // A status of an earlier worker stands there until the new one has written its own.
            if (status is null || status.ProcessId != worker.Id || status == last)
                continue;
            observer.CellProgressed(cell, last = status);
        }
        return await exit.ConfigureAwait(false);
    }

    private CellResult Judge(
        PlannedCell cell,
        CellFolder folder,
        ExecutionSettings execution,
        int worker,
        int exit,
        long words
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
            exit == WorkerExit.Finished ? "the worker ended without finishing the cell"
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
        var last =
            TryReadStatus(folder)
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

    private static CellStatus? TryReadStatus(CellFolder folder)
    {
        try
        {
            return CellStatus.Read(folder.StatusPath);
        }
        catch (RunFileException)
        {
            // The status is for displays only; a damaged one must not end a run, and the worker will replace it.
            return null;
        }
    }

    private async Task PauseAsync()
    {
        try
        {
            await Task.Delay(PollInterval, clock, stop.Stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // While the workers stop, their last progress is of no interest, but the loop must not spin.
            await Task.Delay(PollInterval, clock, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
