using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli;

/// <summary>What the command returns to the shell.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A cell failed.</summary>
    public const int Failed = 1;

    /// <summary>Bad usage or configuration: the user's fault.</summary>
    public const int Usage = 2;

    /// <summary>A fault of ours.</summary>
    public const int Internal = 70;

    /// <summary>A worker that saved and stopped.</summary>
    public const int WorkerStopped = WorkerExit.Stopped;

    /// <summary>A worker that saved and is to be started again: a probe of it goes on that cannot be ended otherwise.</summary>
    public const int WorkerHandover = WorkerExit.Handover;

    /// <summary>A worker whose cell another process works on.</summary>
    public const int WorkerBusy = WorkerExit.Busy;

    /// <summary>A worker whose cell another process took over.</summary>
    public const int WorkerReplaced = WorkerExit.Replaced;

    /// <summary>A worker that saved at the step at which it was to pause.</summary>
    public const int WorkerPaused = WorkerExit.Paused;

    /// <summary>A command that was stopped by a signal.</summary>
    public const int Interrupted = 130;
}
