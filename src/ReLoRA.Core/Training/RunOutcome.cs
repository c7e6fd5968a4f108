namespace ReLoRA.Core.Training;

/// <summary>How a sitting ended.</summary>
public enum RunOutcome
{
    /// <summary>Every step was taken.</summary>
    Finished,

    /// <summary>The loss was no longer a number; the run ended there.</summary>
    Diverged,

    /// <summary>A stop was asked for; the run is saved and can be continued.</summary>
    Stopped,

    /// <summary>It came to the step at which it was to pause; it is saved and can be continued.</summary>
    Paused,

    /// <summary>A probe was given up and its thread goes on; the run is saved and is to be continued in a new process.</summary>
    Handover,
}
