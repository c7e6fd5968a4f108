using ReLoRA.Core.Configuration;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Running;

/// <summary>Workers as real processes; a shell script stands in for the trainer.</summary>
public sealed class ProcessWorkerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Output_of_both_kinds_is_appended_to_the_worker_log_and_the_exit_code_is_the_workers()
    {
        var cell = Cell();
        await File.WriteAllTextAsync(cell.WorkerLogPath, "before\n");
        using var worker = Start(cell, "echo out; echo err >&2; exit 75");
        Assert.Equal(75, await worker.WaitAsync().WaitAsync(Patience));
        Assert.Equal("before\nout\nerr\n", await File.ReadAllTextAsync(cell.WorkerLogPath));
    }

    [Fact]
    public async Task The_process_that_works_is_the_one_whose_id_is_told()
    {
        var cell = Cell();
        using var worker = Start(cell, "echo $$ \"$1\"");
        await worker.WaitAsync().WaitAsync(Patience);
        Assert.Equal($"{worker.Id} {cell.Path}\n", await File.ReadAllTextAsync(cell.WorkerLogPath));
    }

    [Fact]
    public async Task A_request_to_stop_is_the_end_of_its_input()
    {
        using var worker = Start(Cell(), "cat >/dev/null; exit 75");
        var exit = worker.WaitAsync();
        await Task.Delay(200);
        Assert.False(exit.IsCompleted);
        worker.RequestStop();
        worker.RequestStop();
        Assert.Equal(75, await exit.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_worker_that_does_not_stop_can_be_ended()
    {
        using var worker = Start(Cell(), "sleep 100");
        worker.RequestStop();
        worker.Kill();
        Assert.Equal(137, await worker.WaitAsync().WaitAsync(Patience));
        worker.Kill();
    }

    [Fact]
    public async Task The_environment_is_that_of_a_worker_and_what_the_user_set_wins()
    {
        var cell = Cell();
        var environment = new Dictionary<string, string?> { ["OMP_WAIT_POLICY"] = "ACTIVE", ["GLIBC_TUNABLES"] = "" };
        WorkerEnvironment.Apply(environment, 3);
        Assert.Equal("ACTIVE", environment["OMP_WAIT_POLICY"]);
        Assert.Equal("3", environment["OMP_NUM_THREADS"]);
        Assert.Equal(
            "glibc.malloc.mmap_threshold=8589934592:glibc.malloc.trim_threshold=8589934592",
            environment["GLIBC_TUNABLES"]
        );
        using var worker = Start(cell, "echo $GLIBC_TUNABLES");
        await worker.WaitAsync().WaitAsync(Patience);
        Assert.StartsWith("glibc.malloc", await File.ReadAllTextAsync(cell.WorkerLogPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_does_not_hold_the_input_of_another_open()
    {
        // Otherwise a runner's death would end only the last of its workers.
        using var first = Start(Cell(), "cat >/dev/null; exit 75");
        using var second = Start(Cell(), "cat >/dev/null; exit 75");
        first.RequestStop();
        Assert.Equal(75, await first.WaitAsync().WaitAsync(Patience));
        second.RequestStop();
        Assert.Equal(75, await second.WaitAsync().WaitAsync(Patience));
    }

    private CellFolder Cell()
    {
        var cell = new RunsFolder(folder.Path).Cell("abc");
        Directory.CreateDirectory(cell.Path);
        return cell;
    }

    private static IWorkerProcess Start(CellFolder cell, string script) =>
        new ProcessWorkerLauncher(["/bin/sh", "-c", script, "worker"]).Start(
            cell,
            new ExecutionSettings
            {
                Threads = 2,
                Device = "cpu",
                MicroBatch = 1,
                Train = "",
                Evaluation = "",
            }
        );
}
