namespace ReLoRA.Core.Training;

/// <summary>A request to save and stop, raised by a signal and seen between two steps.</summary>
public sealed class StopSignal
{
    private volatile bool requested;

    /// <summary>Whether a stop was asked for.</summary>
    public bool IsRequested => requested;

    /// <summary>Asks for a stop. From any thread.</summary>
    public void Request() => requested = true;
}
