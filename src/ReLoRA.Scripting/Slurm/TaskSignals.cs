using System.Runtime.InteropServices;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Slurm;

/// <summary>What a scheduler says to a task: time is nearly up, or the task is to end. Either way its workers save and stop, however often it is said.</summary>
public sealed class TaskSignals : IDisposable
{
    // SIGUSR1 on Linux, which .NET has no name for.
    private const PosixSignal Warning = (PosixSignal)10;

    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Action<string> announce;
    private readonly Lock gate = new();

    /// <summary>Hears nothing yet.</summary>
    /// <param name="announce">Told what was said.</param>
    public TaskSignals(Action<string> announce) => this.announce = announce;

    /// <summary>Stops the workers.</summary>
    public StopRequest Stop { get; } = new();

    /// <summary>Whether time is nearly up.</summary>
    public bool IsTimeUp { get; private set; }

    /// <summary>Whether the task is to end: it was preempted, requeued or cancelled.</summary>
    public bool IsEnding { get; private set; }

    /// <summary>Hears the process's signals.</summary>
    public TaskSignals Listen()
    {
        Hear(Warning, SayTimeIsUp);
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP])
            Hear(signal, SayEnd);
        return this;
    }

    /// <summary>Time is nearly up.</summary>
    public void SayTimeIsUp() =>
        Say(() => IsTimeUp = true, "The time limit is near: the workers save, and the task begins again.");

    /// <summary>The task is to end.</summary>
    public void SayEnd() => Say(() => IsEnding = true, "The scheduler ends the task: the workers save.");

    /// <inheritdoc/>
    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        Stop.Dispose();
    }

    private void Say(Action note, string text)
    {
        lock (gate)
        {
            note();
            // A second request would end the workers at once.
            if (!Stop.Stop.IsCancellationRequested)
                Stop.Request(_ => announce(text));
        }
    }

    private void Hear(PosixSignal signal, Action said) =>
        registrations.Add(
            PosixSignalRegistration.Create(
                signal,
                context =>
                {
                    context.Cancel = true;
                    said();
                }
            )
        );
}
