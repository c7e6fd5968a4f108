namespace ReLoRA.Scripting.Running;

/// <summary>How a cell's turn in a run of its sweep ended.</summary>
public enum CellOutcome
{
    /// <summary>It had been finished before.</summary>
    AlreadyFinished,

    /// <summary>It was finished now.</summary>
    Finished,

    /// <summary>Another run finished it while this one went on.</summary>
    FinishedElsewhere,

    /// <summary>Its worker stopped after a checkpoint.</summary>
    Stopped,

    /// <summary>Its worker failed.</summary>
    Failed,

    /// <summary>It came to the step at which it was to pause.</summary>
    Paused,

    /// <summary>It was not started: the run was stopped, out of time, or had seen a failure.</summary>
    NotStarted,
}
