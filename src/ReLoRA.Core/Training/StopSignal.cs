namespace ReLoRA.Core.Training;

/// <summary>A request to save and stop, raised by a signal and seen between two steps.</summary>
public sealed class StopSignal
{
    private volatile bool requested;
    private long looks;

    /// <summary>Whether a stop was asked for.</summary>
    public bool IsRequested
    {
        get
        {
            Interlocked.Increment(ref looks);
            return requested;
        }
    }

    /// <summary>How often that was looked for: a run that does not get on does not look either.</summary>
    public long Looks => Interlocked.Read(ref looks);

    /// <summary>Asks for a stop. From any thread.</summary>
    public void Request() => requested = true;
}
