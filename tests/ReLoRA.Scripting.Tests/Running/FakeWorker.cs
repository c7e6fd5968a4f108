using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

/// <summary>A worker without a process: what it does is a function of its cell's folder and of its place in the row.</summary>
internal sealed class FakeWorker(int id, Func<FakeWorker, Task<int>> work) : IWorkerProcess
{
    private readonly TaskCompletionSource stopped = new();
    private readonly TaskCompletionSource killed = new();

    public int Id => id;

    public Task StopRequested => stopped.Task;

    public Task Killed => killed.Task;

    public Task<int> WaitAsync() => running ??= work(this);

    private Task<int>? running;

    public void RequestStop() => stopped.TrySetResult();

    public void Kill() => killed.TrySetResult();

    public void Dispose() { }

    /// <summary>Leaves a log as a worker does that finished its cell.</summary>
    public static int Finish(CellFolder cell, double loss = 5)
    {
        using var log = RunLogWriter.Create(cell.LogPath);
        log.Append(
            new EndRecord
            {
                Step = 360,
                Tokens = 737_280,
                Outcome = "finished",
                Loss = loss,
            }
        );
        return WorkerExit.Finished;
    }
}
