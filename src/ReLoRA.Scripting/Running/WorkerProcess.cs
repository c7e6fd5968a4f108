using System.Diagnostics;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// A worker of this machine. Its standard input is held open for as long as it shall work: the end of it is the request to
/// stop, and comes by itself when the runner dies, however it dies.
/// </summary>
internal sealed class WorkerProcess(Process process) : IWorkerProcess
{
    private readonly Lock gate = new();

    public int Id { get; } = process.Id;

    public async Task<int> WaitAsync()
    {
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode;
    }

    public void RequestStop()
    {
        lock (gate)
            process.StandardInput.Close();
    }

    public void Kill() => process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        process.StandardInput.Dispose();
        process.Dispose();
    }
}
