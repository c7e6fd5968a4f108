using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class SweepRunnerTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task Every_cell_is_trained_and_told()
    {
        var plan = await fixture.PlanAsync();
        var result = await fixture.RunAsync(plan, FakeLauncher.Finishing());
        Assert.Equal((0, 2), (result.ExitCode, result.Count(CellOutcome.Finished)));
        Assert.Equal(
            $"""
            s: 2 cells, {Tokens(plan)} tokens; 1 at a time, threads of each: 1
            FullRank Seed=42 ({plan.Cells[0].Id}): started
            [1/2] FullRank Seed=42: finished, loss 5.0000
            FullRank Seed=43 ({plan.Cells[1].Id}): started
            [2/2] FullRank Seed=43: finished, loss 5.0000

            """.ReplaceLineEndings("\n"),
            fixture.Lines
        );
    }

    [Fact]
    public async Task A_resume_that_passed_a_checkpoint_over_is_told_once()
    {
        const string damage = "resumed after step 200; checkpoint step_300 passed over: it is damaged";
        var plan = await fixture.PlanAsync();
        var notes = new Dictionary<string, string[]>
        {
            [plan.Cells[0].Id] = ["resumed after step 100", damage],
            [plan.Cells[1].Id] = [damage, "resumed after step 340"],
        };
        await fixture.RunAsync(
            plan,
            new FakeLauncher(
                (cell, _) =>
                {
                    using (var log = RunLogWriter.Create(cell.LogPath))
                        foreach (var note in notes[cell.Id])
                            log.Append(new NoteRecord { Text = note });
                    return Task.FromResult(WorkerExit.Stopped);
                }
            )
        );
        Assert.Equal(
            [$"FullRank Seed=42: {damage}"],
            fixture.Lines.Split('\n').Where(line => line.Contains("resumed", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Finished_cells_are_not_repeated()
    {
        var plan = await fixture.PlanAsync();
        await fixture.RunAsync(plan, FakeLauncher.Finishing());
        var again = FakeLauncher.Finishing();
        var result = await fixture.RunAsync(await fixture.PlanAsync(".Seeds(count: 3)"), again);
        Assert.Equal((2, 1), (result.Count(CellOutcome.AlreadyFinished), result.Count(CellOutcome.Finished)));
        Assert.Single(again.Starts);
    }

    [Fact]
    public async Task The_plan_and_the_cells_are_written_before_a_worker_starts()
    {
        var plan = await fixture.PlanAsync();
        await fixture.RunAsync(
            plan,
            new FakeLauncher(
                (cell, _) =>
                {
                    Assert.Equal(
                        plan.Cells.Single(one => one.Id == cell.Id).Config,
                        ConfigJson.Read(File.ReadAllText(cell.ConfigPath))
                    );
                    var execution = ExecutionSettings.Read(File.ReadAllText(cell.ExecutionPath));
                    Assert.Equal(
                        (1, "cpu", Presets.Nano.Data.BatchSize),
                        (execution.Threads, execution.Device, execution.MicroBatch)
                    );
                    Assert.True(Path.IsPathFullyQualified(execution.Train));
                    var sweep = SweepFile.Read(fixture.Runs.Sweep("s").PlanPath)!;
                    Assert.Equal(["FullRank Seed=42", "FullRank Seed=43"], sweep.Cells.Select(one => one.Label));
                    Assert.Equal("sweep.csx", sweep.Provenance["script"]);
                    return Task.FromResult(FakeWorker.Finish(cell));
                }
            )
        );
        Assert.Equal(2, fixture.Runs.Cells().Count);
    }

    [Fact]
    public async Task A_failure_is_told_at_once_with_the_workers_last_words_and_the_others_go_on()
    {
        var plan = await fixture.PlanAsync();
        var result = await fixture.RunAsync(
            plan,
            new FakeLauncher(
                async (cell, _) =>
                {
                    if (cell.Id != plan.Cells[0].Id)
                        return FakeWorker.Finish(cell);
                    await File.AppendAllTextAsync(cell.WorkerLogPath, "error: loss is NaN at step 7\n");
                    return 1;
                }
            )
        );
        Assert.Equal(
            (1, 1, 1),
            (result.ExitCode, result.Count(CellOutcome.Failed), result.Count(CellOutcome.Finished))
        );
        var failure = $"""
            [1/2] FullRank Seed=42: FAILED: the worker failed with exit code 1
                error: loss is NaN at step 7
                log: runs/cells/{plan.Cells[0].Id}/worker.log
            FullRank Seed=43
            """.ReplaceLineEndings("\n");
        Assert.Contains(failure, fixture.Lines, StringComparison.Ordinal);
        var status = CellStatus.Read(fixture.Cell(plan, 0).StatusPath)!;
        Assert.Equal("failed", status.State);
        Assert.StartsWith("the worker failed with exit code 1", status.Message, StringComparison.Ordinal);
        Assert.Contains("1 finished, 1 failed", RunText.Summary(result, "runs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_cell_is_tried_again_by_the_next_run()
    {
        var plan = await fixture.PlanAsync("");
        await fixture.RunAsync(plan, new FakeLauncher((_, _) => Task.FromResult(134)));
        Assert.Contains("ended by signal 6, a crash in native code", fixture.Lines, StringComparison.Ordinal);
        Assert.Equal(CellState.Failed, CellReport.Read(fixture.Cell(plan, 0)).State);
        var result = await fixture.RunAsync(plan, FakeLauncher.Finishing());
        Assert.Equal((0, CellState.Finished), (result.ExitCode, CellReport.Read(fixture.Cell(plan, 0)).State));
    }

    [Fact]
    public async Task A_worker_that_claims_success_without_an_end_record_has_failed()
    {
        var plan = await fixture.PlanAsync("");
        var result = await fixture.RunAsync(plan, new FakeLauncher((_, _) => Task.FromResult(0)));
        Assert.StartsWith(
            "the worker ended without finishing the cell",
            result.Failures[0].Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_worker_that_was_killed_may_have_had_too_little_memory()
    {
        var plan = await fixture.PlanAsync("");
        var result = await fixture.RunAsync(plan, new FakeLauncher((_, _) => Task.FromResult(137)));
        Assert.StartsWith(
            "the worker was ended by signal 9: by hand, or by the system when memory ran out. Its training takes an estimated ",
            result.Failures[0].Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "in this order: --micro-batch (was 12), --recompute (was not given), Data.SequenceLength (is 128). The cell has no checkpoint yet",
            result.Failures[0].Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Progress_is_told_every_tenth_of_a_cell()
    {
        var plan = await fixture.PlanAsync("");
        var status = new CellStatus
        {
            State = "running",
            Steps = 360,
            Loss = 6,
            TokensPerSecond = 4000,
            SecondsLeft = 75,
        };
        await fixture.RunAsync(
            plan,
            new FakeLauncher(
                async (cell, worker) =>
                {
                    // What an earlier worker left must not be told as this one's.
                    (status with { Step = 300, ProcessId = 1 }).Write(cell.StatusPath);
                    await Task.Delay(400);
                    foreach (var step in (long[])[1, 40, 50, 100])
                    {
                        (status with { Step = step, ProcessId = worker.Id }).Write(cell.StatusPath);
                        await Task.Delay(400);
                    }
                    return FakeWorker.Finish(cell);
                }
            )
        );
        Assert.Equal(
            """
            FullRank: step 40 of 360, loss 6.0000, 4,000 tokens/s, 1 min 15 s left
            FullRank: step 100 of 360, loss 6.0000, 4,000 tokens/s, 1 min 15 s left
            """.ReplaceLineEndings("\n"),
            string.Join(
                '\n',
                fixture.Lines.Split('\n').Where(line => line.StartsWith("FullRank: step", StringComparison.Ordinal))
            )
        );
    }

    [Fact]
    public async Task What_is_trained_is_told_once_and_the_time_left_after_twenty_steps()
    {
        var plan = await fixture.PlanAsync("");
        var status = new CellStatus
        {
            State = "running",
            Steps = 360,
            Loss = 6,
            TokensPerSecond = 4000,
            SecondsLeft = 75,
            Facts = "7 parameters",
        };
        await fixture.RunAsync(
            plan,
            new FakeLauncher(
                async (cell, worker) =>
                {
                    foreach (var step in (long[])[1, 19, 22, 30])
                    {
                        var now = status with { Step = step, StepsOfSitting = step, ProcessId = worker.Id };
                        now.Write(cell.StatusPath);
                        await Task.Delay(400);
                    }
                    return FakeWorker.Finish(cell);
                }
            )
        );
        Assert.Equal(
            ["FullRank: 7 parameters", "FullRank: step 22 of 360, 4,000 tokens/s, 1 min 15 s left"],
            fixture.Lines.Split('\n').Where(line => line.StartsWith("FullRank: ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_log_of_another_version_is_refused_before_anything_trains()
    {
        var plan = await fixture.PlanAsync("");
        var cell = fixture.Cell(plan, 0);
        Directory.CreateDirectory(cell.Path);
        using (var log = RunLogWriter.Create(cell.LogPath))
            log.Append(Records.Run() with { Format = 99 });
        var fault = await Assert.ThrowsAsync<UserFaultException>(() =>
            fixture.RunAsync(plan, FakeLauncher.Finishing())
        );
        Assert.EndsWith(
            $"Read it with the version that wrote it, or train the cell again and keep that copy: --fresh --only {plan.Cells[0].Id}",
            fault.Message,
            StringComparison.Ordinal
        );
        // And so it goes.
        var fresh = new RunOptions
        {
            Jobs = 1,
            Threads = 1,
            Fresh = true,
        };
        Assert.Equal(0, (await fixture.RunAsync(plan, FakeLauncher.Finishing(), fresh)).ExitCode);
        Assert.True(File.Exists(Path.Combine(fixture.Runs.Cell(plan.Cells[0].Id).Path + ".old-1", "log.msgpack")));
    }

    [Fact]
    public async Task A_damaged_status_is_for_displays_only()
    {
        var plan = await fixture.PlanAsync("");
        Directory.CreateDirectory(fixture.Cell(plan, 0).Path);
        await File.WriteAllTextAsync(fixture.Cell(plan, 0).StatusPath, "{");
        Assert.Equal(0, (await fixture.RunAsync(plan, FakeLauncher.Finishing())).ExitCode);
    }

    [Fact]
    public async Task A_folder_of_runs_that_cannot_be_written_is_told()
    {
        var plan = await fixture.PlanAsync("");
        await File.WriteAllTextAsync(fixture.Runs.Root, "a file");
        var fault = await Assert.ThrowsAsync<UserFaultException>(() =>
            fixture.RunAsync(plan, FakeLauncher.Finishing())
        );
        Assert.Contains("cannot be written", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("or choose another folder by --runs or RELORA_RUNS.", fault.Message, StringComparison.Ordinal);
    }

    private static string Tokens(SweepPlan plan) => plan.Tokens.ToString("N0", CultureInfo.InvariantCulture);
}
