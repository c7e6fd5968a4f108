using ReLoRA.Core;
using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scripting.Running;

/// <summary>Trains one cell, unless another process has it: starts a worker, follows it, tells how it ended.</summary>
internal sealed class CellRunner(
    IWorkerLauncher launcher,
    IRunObserver observer,
    StopRequest stop,
    TimeProvider clock,
    TimeSpan? hangAfter,
    CellBeginnings beginnings,
    CellTenure tenure
)
{
    private readonly CellVerdict verdict = new(stop, clock, tenure);
    private readonly WorkerWatch watch = new(observer, stop, clock, hangAfter);

    /// <summary>Trains a cell.</summary>
    /// <param name="turn">The cell's turn.</param>
    /// <param name="request">How it is to be executed.</param>
    /// <param name="gpu">The GPU that its worker sees; all of them where null.</param>
    /// <returns>How it ended; null where another process has the cell.</returns>
    /// <exception cref="CellReplacedException">A later start of the same task has the cell.</exception>
    public async Task<CellResult?> RunAsync(CellTurn turn, ExecutionRequest request, string? gpu)
    {
        var (cell, folder) = (turn.Cell, turn.Folder);
        try
        {
            tenure.CutOff(folder);
            using var claim = CellClaim.TryTake(folder, out var holder, out var isOrphan);
            if (claim is null)
            {
                Wait(turn, holder, isOrphan);
                return null;
            }
            if (OfOthers(turn) is { } result)
                return result;
            if (!tenure.TryTake(folder, out var elsewhere))
            {
                Tell(turn, $"is being trained {elsewhere}: waiting for it.");
                return null;
            }
            using var beginning = beginnings.Of(cell, folder, ExecutionChoice.For(cell, folder, request));
            if (beginning.TrainedBy is { } other)
            {
                Tell(turn, $"waits for its warm start, which process {other} trains.");
                return null;
            }
            Prepare(cell, folder, request, beginning.Execution);
            return await WorkAsync(turn, beginning.Execution, gpu).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or UserFaultException
                        or LogFormatException
                        or RunFileException
                        or CheckpointException
                        or FormatException
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

    public static CellResult NotStarted(CellTurn turn, string reason) =>
        new(turn.Cell, CellOutcome.NotStarted, CellReport.ReadOrNew(turn.Folder), reason);

    /// <summary>Tells who has the cell, and shows how it gets on.</summary>
    private void Wait(CellTurn turn, string holder, bool isOrphan)
    {
        turn.Orphan = isOrphan ? turn.Orphan ?? new HangWatch(turn.Folder, hangAfter, clock) : null;
        var text =
            turn.Orphan?.IsHung() == true
                ? $"is being trained by process {holder}, whose run is gone and which shows no sign of life: end it, kill -9 {holder}."
                : $"is being trained by process {holder}: waiting for it.";
        Tell(turn, text);
        if (WorkerWatch.StatusOf(turn.Folder) is not { State: "running" } status || status == turn.Shown)
            return;
        turn.Shown = status;
        observer.CellProgressed(turn.Cell, status);
    }

    private void Tell(CellTurn turn, string text)
    {
        if (turn.Told.Add(text))
            observer.Noted($"{turn.Cell.Label} ({turn.Cell.Id}) {text}");
    }

    /// <summary>What another run made of the cell while this one waited for it; null where that is nothing.</summary>
    private static CellResult? OfOthers(CellTurn turn)
    {
        var report = CellReport.ReadOrNew(turn.Folder);
        if (report.State == CellState.Finished)
            return new CellResult(turn.Cell, CellOutcome.FinishedElsewhere, report);
        // What failed before this run began is tried again; what failed beside it is not tried twice.
        return turn.Told.Count > 0 && report.State == CellState.Failed && report != turn.Before
            ? new CellResult(turn.Cell, CellOutcome.Failed, report, $"in another run: {report.Message}")
            : null;
    }

    private void Prepare(PlannedCell cell, CellFolder folder, ExecutionRequest request, ExecutionSettings execution)
    {
        if (execution.Threads != request.Threads || execution.Device != request.Device)
            observer.Noted(
                $"{cell.Label}: goes on as it began, threads {execution.Threads}{(execution.Ranks > 1 ? $" in each of {execution.Ranks} processes" : "")}, device {execution.Device}."
            );
        if (request.IsAboutMemory)
            observer.Noted(MemoryNote.Of(cell, folder, execution));
        AtomicFile.Write(folder.ConfigPath, ConfigJson.Write(cell.Config) + "\n");
        AtomicFile.Write(folder.ExecutionPath, execution.Write());
    }

    private async Task<CellResult?> WorkAsync(CellTurn turn, ExecutionSettings execution, string? gpu)
    {
        var (cell, folder) = (turn.Cell, turn.Folder);
        var words = File.Exists(folder.WorkerLogPath) ? new FileInfo(folder.WorkerLogPath).Length : 0;
        // Who runs the sweep again may have mended what was given up.
        File.Delete(folder.ProbesOffPath);
        var (handovers, hangs) = (0, 0);
        while (true)
        {
            var before = CellReport.ReadOrNew(folder);
            using var worker = launcher.Start(folder, execution, gpu);
            observer.CellStarted(cell, before);
            var (exit, hung) = await watch.FollowAsync(cell, folder, worker, execution.Ranks).ConfigureAwait(false);
            if (exit is WorkerExit.Busy or WorkerExit.Replaced)
                return null;
            // Each is without one probe more, so that there are no more of them than probes.
            var handsOver = exit == WorkerExit.Handover && handovers++ < cell.Config.Probes.Count;
            var startsAgain = hung && hangs++ < RunOptions.MostRestarts;
            if (!(handsOver || startsAgain) || stop.Stop.IsCancellationRequested)
            {
                var why = hung ? $"the worker hung {hangs} times: no sign of life for {hangAfter}" : "";
                var result = verdict.Of(cell, folder, execution, worker.Id, exit, words, why);
                TellNotes(result, folder);
                return result;
            }
            observer.Noted(
                handsOver
                    ? $"{cell.Label}: a figure of the script was given up; the cell goes on without it in a new process."
                    : $"{cell.Label}: process {worker.Id} showed no sign of life for {hangAfter} and was ended; it is started again, {hangs} of at most {RunOptions.MostRestarts} times."
            );
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
        var events = notes.Where(note => note.StartsWith("tensorboard: ", StringComparison.Ordinal)).TakeLast(1);
        foreach (var note in told.Concat(probes).Concat(events))
            observer.Noted($"{result.Cell.Label}: {note}");
    }
}
