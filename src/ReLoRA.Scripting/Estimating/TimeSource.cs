namespace ReLoRA.Scripting.Estimating;

/// <summary>Where an estimate of time comes from.</summary>
public enum TimeSource
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>From what another shape takes, by the operations of a token.</summary>
    Scaled,

    /// <summary>From some steps timed just now, without probes and tasks.</summary>
    Calibrated,

    /// <summary>From finished cells of the same shape, with all that they do besides training.</summary>
    Finished,
}
