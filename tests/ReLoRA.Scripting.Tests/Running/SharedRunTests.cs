using ReLoRA.Core;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

/// <summary>Two runs of one sweep at once.</summary>
public sealed class SharedRunTests : IDisposable
{
    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_second_run_takes_the_cells_that_the_first_does_not_train_and_both_have_all_results()
    {
        var plan = await fixture.PlanAsync(".Seeds(count: 4)");
        var both = new TaskCompletionSource();
        var trained = new List<string>();
        FakeLauncher Launcher() =>
            new(
                async (cell, _) =>
                {
                    lock (trained)
                    {
                        trained.Add(cell.Id);
                        if (trained.Count == 2)
                            both.SetResult();
                    }
                    // Neither goes on before the other has a cell too.
                    await both.Task;
                    return FakeWorker.Finish(cell);
                }
            );

        var results = await Task.WhenAll(fixture.RunAsync(plan, Launcher()), fixture.RunAsync(plan, Launcher()));

        Assert.Equal(plan.Cells.Select(cell => cell.Id).Order(), trained.Order());
        foreach (var result in results)
        {
            Assert.Equal(0, result.ExitCode);
            Assert.All(
                result.Cells,
                cell => Assert.Equal((CellState.Finished, 5.0), (cell.Report.State, cell.Report.Loss))
            );
            Assert.True(result.Count(CellOutcome.Finished) >= 1);
        }
        Assert.Equal(4, results.Sum(result => result.Count(CellOutcome.Finished)));
        Assert.Contains("which runs the same plan.", fixture.Lines, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(fixture.Runs.Sweep("s").RunningPath, "*.holder"));
    }

    [Fact]
    public async Task What_another_run_trains_is_shown()
    {
        var plan = await fixture.PlanAsync("");
        var cell = fixture.Cell(plan, 0);
        using (var claim = CellClaim.TryTake(cell, out _, out _))
        {
            var run = fixture.RunAsync(plan, FakeLauncher.Finishing());
            while (!fixture.Lines.Contains("waiting for it", StringComparison.Ordinal))
                await Task.Delay(10);
            new CellStatus
            {
                State = "running",
                Step = 160,
                Steps = 320,
                Loss = 6,
                TokensPerSecond = 4000,
                ProcessId = Environment.ProcessId,
            }.Write(cell.StatusPath);
            while (!fixture.Lines.Contains("FullRank: step 160 of 320, loss 6.0000", StringComparison.Ordinal))
                await Task.Delay(10);
            FakeWorker.Finish(cell);
            claim!.Dispose();
            Assert.Equal(CellOutcome.FinishedElsewhere, (await run).Cells[0].Outcome);
        }
        Assert.Contains(
            "[1/1] FullRank: finished by another run, loss 5.0000",
            fixture.Lines,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_cell_whose_run_died_is_gone_on_with()
    {
        var plan = await fixture.PlanAsync("");
        var claim = CellClaim.TryTake(fixture.Cell(plan, 0), out _, out _)!;
        var launcher = FakeLauncher.Finishing();
        var run = fixture.RunAsync(plan, launcher);
        while (!fixture.Lines.Contains("waiting for it", StringComparison.Ordinal))
            await Task.Delay(10);
        Assert.Empty(launcher.Starts);
        claim.Dispose();
        Assert.Equal(CellOutcome.Finished, (await run).Cells[0].Outcome);
    }

    [Fact]
    public async Task A_worker_that_finds_its_cell_taken_is_no_failure()
    {
        var plan = await fixture.PlanAsync("");
        var launcher = new FakeLauncher(
            (cell, worker) => Task.FromResult(worker.Id == 1001 ? WorkerExit.Busy : FakeWorker.Finish(cell))
        );
        var result = await fixture.RunAsync(plan, launcher);
        Assert.Equal((0, 2), (result.ExitCode, launcher.Starts.Count));
    }

    [Fact]
    public async Task What_fails_in_another_run_is_not_tried_a_second_time()
    {
        var plan = await fixture.PlanAsync("");
        var cell = fixture.Cell(plan, 0);
        var claim = CellClaim.TryTake(cell, out _, out _)!;
        var launcher = FakeLauncher.Finishing();
        var run = fixture.RunAsync(plan, launcher);
        while (!fixture.Lines.Contains("waiting for it", StringComparison.Ordinal))
            await Task.Delay(10);
        new CellStatus { State = "failed", Message = "no luck" }.Write(cell.StatusPath);
        claim.Dispose();
        var result = (await run).Cells[0];
        Assert.Equal((CellOutcome.Failed, "in another run: no luck"), (result.Outcome, result.Message));
        Assert.Empty(launcher.Starts);
    }

    [Fact]
    public async Task Another_plan_under_the_name_is_refused_while_the_first_runs()
    {
        var plan = await fixture.PlanAsync("");
        var other = await fixture.PlanAsync(".Seeds(count: 3)");
        var result = await fixture.RunAsync(
            plan,
            new FakeLauncher(
                async (cell, _) =>
                {
                    var fault = await Assert.ThrowsAsync<UserFaultException>(() =>
                        fixture.RunAsync(other, FakeLauncher.Finishing())
                    );
                    Assert.StartsWith(
                        $"The sweep 's' is being run by process {Environment.ProcessId} with another plan, of /scripts/sweep.csx: 1 cells, of which 1 are "
                            + "among the 3 of this script, or they are named otherwise. Nothing was trained.",
                        fault.Message,
                        StringComparison.Ordinal
                    );
                    return FakeWorker.Finish(cell);
                }
            )
        );
        Assert.Equal(0, result.ExitCode);
        Assert.Single(SweepFile.Read(fixture.Runs.Sweep("s").PlanPath)!.Cells);
        Assert.Equal(0, (await fixture.RunAsync(other, FakeLauncher.Finishing())).ExitCode);
    }

    [Fact]
    public async Task An_edited_sweep_says_what_is_kept_what_is_new_and_what_is_gone()
    {
        var before = await fixture.PlanAsync(".Seeds([42, 43])");
        await fixture.RunAsync(before, FakeLauncher.Finishing());
        Assert.DoesNotContain("is another than when it was last run", fixture.Lines, StringComparison.Ordinal);
        await fixture.RunAsync(await fixture.PlanAsync(".Seeds([43, 44, 45])"), FakeLauncher.Finishing());
        Assert.Contains(
            "note: The sweep 's' is another than when it was last run: 1 cells kept, 2 new, 1 no longer in it: "
                + $"FullRank Seed=42 ({before.Cells[0].Id}). What is trained of those stays in runs/cells.",
            fixture.Lines,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_renamed_sweep_says_where_its_cells_come_from()
    {
        await fixture.RunAsync(await fixture.PlanAsync(), FakeLauncher.Finishing());
        var renamed = await fixture.PlanAsync(".Seeds(count: 3)") with { Name = "t" };
        var launcher = FakeLauncher.Finishing();
        await fixture.RunAsync(renamed, launcher);
        await fixture.RunAsync(renamed, launcher);
        Assert.Single(launcher.Starts);
        Assert.Single(fixture.Lines.Split('\n'), "note: 2 of 3 cells exist already, made by the sweep 's'.");
    }

    [Fact]
    public async Task What_a_dead_run_left_is_no_hindrance()
    {
        var plan = await fixture.PlanAsync("");
        var folder = fixture.Runs.Sweep("s").RunningPath;
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "17-1.lock"), "");
        await File.WriteAllTextAsync(Path.Combine(folder, "17-1.lock.holder"), "17");
        Assert.Equal(0, (await fixture.RunAsync(plan, FakeLauncher.Finishing())).ExitCode);
        Assert.False(File.Exists(Path.Combine(folder, "17-1.lock")));
    }

    [Fact]
    public async Task A_worker_whose_run_is_gone_and_which_hangs_is_named()
    {
        var plan = await fixture.PlanAsync("");
        var cell = fixture.Cell(plan, 0);
        using var orphan = FileLock.TryAcquire(cell.LockPath, out _)!;
        var run = fixture.RunAsync(
            plan,
            FakeLauncher.Finishing(),
            new RunOptions
            {
                Jobs = 1,
                Threads = 1,
                HangAfter = TimeSpan.FromMilliseconds(300),
            }
        );
        while (!fixture.Lines.Contains("which shows no sign of life: end it, kill -9", StringComparison.Ordinal))
            await Task.Delay(10);
        orphan.Dispose();
        Assert.Equal(0, (await run).ExitCode);
    }
}
