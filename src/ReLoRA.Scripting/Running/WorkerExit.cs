using ReLoRA.Core.Distributed;

namespace ReLoRA.Scripting.Running;

/// <summary>What a worker's exit code means.</summary>
public static class WorkerExit
{
    /// <summary>The cell is finished.</summary>
    public const int Finished = 0;

    /// <summary>The user's fault; the message is the end of the worker's log.</summary>
    public const int UserFault = 2;

    /// <summary>Stopped as asked, after a checkpoint.</summary>
    public const int Stopped = 75;

    /// <summary>Saved at the step at which it was to pause.</summary>
    public const int Paused = 78;

    /// <summary>Saved, and to be started again without the probe that was given up.</summary>
    public const int Handover = 76;

    /// <summary>One of several processes that share the cell was stuck, and another ended them all.</summary>
    public const int Stuck = RankTeam.StuckCode;

    /// <summary>Another process works on the cell; nothing was done.</summary>
    public const int Busy = 77;

    /// <summary>Another process took the cell over; nothing was written since.</summary>
    public const int Replaced = 80;
}
