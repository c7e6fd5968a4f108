using ReLoRA.Core.Configuration;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

/// <summary>Starts <see cref="FakeWorker"/>s and remembers for which cells.</summary>
internal sealed class FakeLauncher(Func<CellFolder, FakeWorker, Task<int>> work) : IWorkerLauncher
{
    private readonly Lock gate = new();
    private readonly List<(string Cell, ExecutionSettings Execution)> starts = [];
    private readonly List<string?> gpus = [];

    public IReadOnlyList<(string Cell, ExecutionSettings Execution)> Starts
    {
        get
        {
            lock (gate)
                return [.. starts];
        }
    }

    /// <summary>The GPU that each worker was given.</summary>
    public IReadOnlyList<string?> Gpus
    {
        get
        {
            lock (gate)
                return [.. gpus];
        }
    }

    public IWorkerProcess Start(CellFolder cell, ExecutionSettings execution, string? gpu = null)
    {
        lock (gate)
        {
            gpus.Add(gpu);
            starts.Add((cell.Id, execution));
            return new FakeWorker(1000 + starts.Count, worker => work(cell, worker));
        }
    }

    public static FakeLauncher Finishing() => new((cell, _) => Task.FromResult(FakeWorker.Finish(cell)));
}
