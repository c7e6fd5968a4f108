using System.Runtime.InteropServices;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// The two degrees of stopping: the first signal asks the workers to checkpoint and stop, the second ends them at once.
/// </summary>
public sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource kill = new();
    private readonly List<PosixSignalRegistration> registrations = [];

    /// <summary>Set by the first signal: start nothing, stop the workers after a checkpoint.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>Set by the second signal: end the workers at once.</summary>
    public CancellationToken Kill => kill.Token;

    /// <summary>Stops on Ctrl+C, SIGTERM and the end of the terminal.</summary>
    /// <param name="announce">Told at each signal what happens next.</param>
    public static StopRequest OnSignals(Action<string> announce)
    {
        var request = new StopRequest();
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            request.registrations.Add(
                PosixSignalRegistration.Create(
                    signal,
                    context =>
                    {
                        context.Cancel = true;
                        request.Request(announce);
                    }
                )
            );
        return request;
    }

    /// <summary>Takes the next degree.</summary>
    /// <param name="announce">Told what happens next.</param>
    public void Request(Action<string> announce)
    {
        if (!stop.IsCancellationRequested)
        {
            announce("Stopping: the workers save a checkpoint and end. Once more to end them at once.");
            stop.Cancel();
        }
        else if (!kill.IsCancellationRequested)
        {
            announce("Ending the workers at once.");
            kill.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        stop.Dispose();
        kill.Dispose();
    }
}
