using ReLoRA.Core.Configuration;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class ProcessWorkerLauncherTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_lone_worker_is_told_that_it_is_alone_whatever_launcher_its_run_was_started_by()
    {
        var cell = new RunsFolder(folder.Path).Cell("aaaaaaaaaaaa");
        Directory.CreateDirectory(cell.Path);
        var execution = new ExecutionSettings
        {
            Threads = 1,
            Device = "cpu",
            MicroBatch = 1,
            Train = "",
            Evaluation = "",
        };
        using var worker = new ProcessWorkerLauncher(["/bin/sh", "-c", "echo alone=$RELORA_RANKS"]).Start(
            cell,
            execution
        );
        Assert.Equal(0, await worker.WaitAsync());
        Assert.Equal("alone=1\n", await File.ReadAllTextAsync(cell.WorkerLogPath));
    }
}
