using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class ExecutionChoiceTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task Settings_of_the_first_start_are_kept_and_paths_are_those_of_the_last()
    {
        var plan = await fixture.PlanAsync("");
        await fixture.RunAsync(plan, new FakeLauncher((_, _) => Task.FromResult(WorkerExit.Stopped)));
        var first = ExecutionSettings.Read(File.ReadAllText(fixture.Cell(plan, 0).ExecutionPath));
        await File.WriteAllTextAsync(
            fixture.Cell(plan, 0).ExecutionPath,
            (first with { Threads = 7, MicroBatch = 2, Train = "/gone" }).Write()
        );
        var launcher = FakeLauncher.Finishing();
        await fixture.RunAsync(plan, launcher);
        Assert.Equal(first with { Threads = 7, MicroBatch = 2 }, launcher.Starts[0].Execution);
        Assert.Contains("goes on as it began, threads 7, device cpu", fixture.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_micro_batch_that_is_asked_for_takes_effect_until_there_is_a_checkpoint()
    {
        var plan = await fixture.PlanAsync("");
        var stopping = new FakeLauncher((_, _) => Task.FromResult(WorkerExit.Stopped));
        await fixture.RunAsync(plan, stopping);
        var asked = new RunOptions { MicroBatch = MicroBatchChoice.Of(2), Recompute = true };
        await fixture.RunAsync(plan, stopping, asked);
        Assert.Equal((2, true), (stopping.Starts[1].Execution.MicroBatch, stopping.Starts[1].Execution.Recompute));
        Assert.Contains(
            "FullRank: micro-batch 2 of 12, with recomputation, an estimated ",
            fixture.Lines,
            StringComparison.Ordinal
        );
        Directory.CreateDirectory(Path.Combine(fixture.Cell(plan, 0).CheckpointsPath, "step_80"));
        await fixture.RunAsync(plan, stopping, asked with { MicroBatch = MicroBatchChoice.Auto, Recompute = false });
        Assert.Equal(stopping.Starts[1], stopping.Starts[2]);
        Assert.Contains(
            "FullRank: has a checkpoint, so it goes on as it began: micro-batch 2 of 12, with recomputation",
            fixture.Lines,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_number_of_processes_is_that_of_each_start()
    {
        var plan = await fixture.PlanAsync("");
        var stopping = new FakeLauncher((_, _) => Task.FromResult(WorkerExit.Stopped));
        await fixture.RunAsync(plan, stopping, new RunOptions { Ranks = 4 });
        Directory.CreateDirectory(Path.Combine(fixture.Cell(plan, 0).CheckpointsPath, "step_80"));
        await fixture.RunAsync(plan, stopping, new RunOptions { Ranks = 2 });
        await fixture.RunAsync(plan, stopping);
        Assert.Equal([4, 2, 1], stopping.Starts.Select(start => start.Execution.Ranks));
    }

    [Fact]
    public async Task Threads_of_the_first_start_are_told_to_be_each_processs()
    {
        var plan = await fixture.PlanAsync("");
        var stopping = new FakeLauncher((_, _) => Task.FromResult(WorkerExit.Stopped));
        await fixture.RunAsync(plan, stopping);
        var path = fixture.Cell(plan, 0).ExecutionPath;
        var first = ExecutionSettings.Read(await File.ReadAllTextAsync(path));
        await File.WriteAllTextAsync(path, (first with { Threads = 7 }).Write());
        await fixture.RunAsync(plan, stopping, new RunOptions { Threads = 1, Ranks = 2 });
        Assert.Contains(
            "goes on as it began, threads 7 in each of 2 processes, device cpu",
            fixture.Lines,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_number_of_processes_that_does_not_divide_the_batch_starts_none()
    {
        var plan = await fixture.PlanAsync("");
        var launcher = FakeLauncher.Finishing();
        var result = await fixture.RunAsync(plan, launcher, new RunOptions { Ranks = 5 });
        Assert.Empty(launcher.Starts);
        Assert.StartsWith("Data.BatchSize is 12, which 5 processes cannot share evenly", result.Failures[0].Message);
    }

    [Fact]
    public async Task Auto_is_what_fits_into_a_jobs_share_of_the_memory()
    {
        var plan = await fixture.PlanAsync("");
        var config = plan.Cells[0].Config;
        var launcher = FakeLauncher.Finishing();
        await fixture.RunAsync(
            plan,
            launcher,
            new RunOptions
            {
                MicroBatch = MicroBatchChoice.Auto,
                Memory = MemoryEstimate.Of(config, 3, recompute: false).Total,
            }
        );
        Assert.Equal(3, launcher.Starts[0].Execution.MicroBatch);
    }

    [Fact]
    public async Task A_micro_batch_that_does_not_divide_the_batch_fails_the_cell_with_one_message()
    {
        var result = await fixture.RunAsync(
            await fixture.PlanAsync(""),
            FakeLauncher.Finishing(),
            new RunOptions { MicroBatch = MicroBatchChoice.Of(5) }
        );
        Assert.StartsWith(
            "--micro-batch is 5; allowed: a divisor of the batch of 12 sequences",
            result.Failures[0].Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Execution_settings_that_are_damaged_fail_that_cell_alone()
    {
        var plan = await fixture.PlanAsync();
        Directory.CreateDirectory(fixture.Cell(plan, 0).Path);
        await File.WriteAllTextAsync(fixture.Cell(plan, 0).ExecutionPath, "{}");
        var result = await fixture.RunAsync(plan, FakeLauncher.Finishing());
        Assert.Equal([CellOutcome.Failed, CellOutcome.Finished], result.Cells.Select(cell => cell.Outcome));
        Assert.Contains(
            "A cell goes on only as it began: restore the file, or delete",
            result.Cells[0].Message,
            StringComparison.Ordinal
        );
    }
}
