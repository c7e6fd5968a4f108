using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>How far a cell is, with the figures to show.</summary>
/// <param name="State">The state.</param>
/// <param name="Step">Completed steps.</param>
/// <param name="Steps">Steps of the whole run; 0 where not known.</param>
/// <param name="Loss">The last training loss, in nats per token; NaN where not known.</param>
/// <param name="SecondsLeft">Estimated seconds to the end; NaN where not known.</param>
/// <param name="Message">Why it failed; empty otherwise.</param>
public sealed record CellReport(
    CellState State,
    long Step,
    long Steps,
    double Loss,
    double SecondsLeft,
    string Message = ""
)
{
    /// <summary>Seconds spent on training, as far as the log tells: of a finished cell.</summary>
    public double TrainingSeconds { get; init; }

    /// <summary>Seconds spent on probes, likewise.</summary>
    public double ProbingSeconds { get; init; }

    /// <summary>Whether the cell's log ends in an end record.</summary>
    /// <param name="folder">The cell's folder.</param>
    /// <exception cref="LogFormatException">The log is of another version of the format.</exception>
    public static bool IsFinished(CellFolder folder) => CellEnds.Read(folder)?.End is not null;

    /// <summary>Reads a cell's folder, which need not exist.</summary>
    /// <param name="folder">The cell's folder.</param>
    /// <param name="clock">Tells how old a sign of life is. Default: the machine's.</param>
    /// <exception cref="LogFormatException">The log is of another version of the format.</exception>
    /// <exception cref="RunFileException">The status is damaged.</exception>
    public static CellReport Read(CellFolder folder, TimeProvider? clock = null) =>
        Read(folder, CellEnds.Read(folder), clock);

    /// <summary>The same, where the log was looked at already.</summary>
    /// <param name="folder">The cell's folder.</param>
    /// <param name="ends">The ends of its log; null where there is none.</param>
    /// <param name="clock">Tells how old a sign of life is. Default: the machine's.</param>
    /// <exception cref="RunFileException">The status is damaged.</exception>
    public static CellReport Read(CellFolder folder, LogEnds? ends, TimeProvider? clock = null)
    {
        if (ends?.End is { } end)
            return new CellReport(CellState.Finished, end.Step, end.Step, end.Loss, 0)
            {
                TrainingSeconds = Seconds(end, "training_seconds"),
                ProbingSeconds = Seconds(end, "probing_seconds"),
            };
        if (CellStatus.Read(folder.StatusPath) is not { } status)
            return new CellReport(CellState.New, 0, 0, double.NaN, double.NaN);
        var isAlive = status.State == "running" && WorkerLife.IsAlive(status, folder, clock ?? TimeProvider.System);
        // Where it ended between the two looks, the log says so by now.
        if (
            (status.State == "finished" || (status.State == "running" && !isAlive))
            && CellEnds.Read(folder) is { End: not null } now
        )
            return Read(folder, now, clock);
        var state = status.State switch
        {
            "failed" => CellState.Failed,
            "paused" => CellState.Paused,
            // A worker that was killed had no time to say that it stopped.
            "running" when isAlive => CellState.Running,
            _ => CellState.Stopped,
        };
        return new CellReport(
            state,
            status.Step,
            status.Steps,
            status.Loss,
            state == CellState.Running ? status.SecondsLeft : double.NaN,
            status.Message
        );
    }

    /// <summary>The same, where a damaged status is none: it is for displays only, and the next worker replaces it.</summary>
    /// <param name="folder">The cell's folder.</param>
    /// <param name="clock">Tells how old a sign of life is. Default: the machine's.</param>
    /// <exception cref="LogFormatException">The log is of another version of the format.</exception>
    public static CellReport ReadOrNew(CellFolder folder, TimeProvider? clock = null) =>
        ReadOrNew(folder, CellEnds.Read(folder), clock);

    /// <summary>The same, where the log was looked at already.</summary>
    /// <param name="folder">The cell's folder.</param>
    /// <param name="ends">The ends of its log; null where there is none.</param>
    /// <param name="clock">Tells how old a sign of life is. Default: the machine's.</param>
    public static CellReport ReadOrNew(CellFolder folder, LogEnds? ends, TimeProvider? clock = null)
    {
        try
        {
            return Read(folder, ends, clock);
        }
        catch (RunFileException)
        {
            return new CellReport(CellState.New, 0, 0, double.NaN, double.NaN);
        }
    }

    private static double Seconds(EndRecord end, string key) =>
        end.Measured.TryGetValue(key, out var value) && value is double seconds ? seconds : 0;
}
