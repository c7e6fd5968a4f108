namespace ReLoRA.Scripting.Running;

/// <summary>A process that trains one cell.</summary>
public interface IWorkerProcess : IDisposable
{
    /// <summary>Its process id, as it writes it into <c>status.json</c>.</summary>
    int Id { get; }

    /// <summary>Waits for its end.</summary>
    /// <returns>0 finished, 75 stopped after a checkpoint, 2 a user's fault, anything else a failure.</returns>
    Task<int> WaitAsync();

    /// <summary>Asks it to checkpoint and stop.</summary>
    void RequestStop();

    /// <summary>Ends it at once. What it trained since its last checkpoint is lost.</summary>
    void Kill();
}
