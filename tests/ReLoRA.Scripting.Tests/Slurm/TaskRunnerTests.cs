using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;
using ReLoRA.Scripting.Slurm;
using ReLoRA.Scripting.Tests.Running;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class TaskRunnerTests : IDisposable
{
    private readonly RunFixture fixture = new();
    private readonly TakingScheduler scheduler = new();
    private readonly StringWriter lines = new();
    private readonly List<TaskSignals> heard = [];

    public void Dispose()
    {
        fixture.Dispose();
        lines.Dispose();
        heard.ForEach(signals => signals.Dispose());
    }

    [Fact]
    public async Task A_task_trains_its_cells_and_tells_how_it_ended()
    {
        var plan = await SubmitAsync(pack: 2);
        var launcher = FakeLauncher.Finishing();

        Assert.Equal(0, await RunAsync(launcher));

        Assert.Equal(plan.Cells.Select(cell => cell.Id).Order(), launcher.Starts.Select(start => start.Cell).Order());
        var sitting = Assert.Single(Sittings());
        Assert.Equal((0, "node1", "finished", ""), (sitting.Restart, sitting.Node, sitting.Why, sitting.Fault));
        Assert.Equal(plan.Cells.Sum(cell => cell.Config.Steps), sitting.Steps);
        Assert.Equal("101_0_0", CellOwner.Read(fixture.Cell(plan, 0).OwnerPath)!.Name);
    }

    [Fact]
    public async Task A_task_that_is_warned_saves_and_begins_again()
    {
        await SubmitAsync();
        Assert.Equal(0, await RunAsync(Stopping(signals => signals.SayTimeIsUp(), saves: 40)));

        Assert.Equal(["2001"], scheduler.Requeued);
        Assert.Equal((TaskJournal.TimeLimit, 40L), (Sittings()[0].Why, Sittings()[0].Steps));

        Assert.Equal(0, await RunAsync(FakeLauncher.Finishing(), restart: 1));
        Assert.Equal([0, 1], Sittings().Select(sitting => sitting.Restart));
    }

    [Fact]
    public async Task A_task_that_is_ended_saves_and_leaves_what_follows_to_the_scheduler()
    {
        await SubmitAsync();
        Assert.Equal(WorkerExit.Stopped, await RunAsync(Stopping(signals => signals.SayEnd(), saves: 40)));
        Assert.Empty(scheduler.Requeued);
        Assert.Equal("ended by the scheduler: saved", Sittings()[0].Why);
    }

    [Fact]
    public async Task Where_a_task_cannot_requeue_itself_it_says_so_and_leaves_the_cell_to_the_next_submission()
    {
        await SubmitAsync();
        scheduler.Fault = "There is no Slurm here: scontrol cannot be started.";
        Assert.Equal(WorkerExit.Stopped, await RunAsync(Stopping(signals => signals.SayTimeIsUp(), saves: 40)));
        Assert.Contains("could not be requeued: There is no Slurm here", Sittings()[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_limits_that_come_to_nothing_are_given_up_and_preemptions_never()
    {
        await SubmitAsync();
        var (limit, preemption) = (
            (Action<TaskSignals>)(signals => signals.SayTimeIsUp()),
            (Action<TaskSignals>)(signals => signals.SayEnd())
        );
        foreach (
            var (said, restart) in new[] { limit, preemption, preemption, preemption, limit, preemption }.Select(
                (said, i) => (said, i)
            )
        )
            await RunAsync(Stopping(said, saves: 0), restart);
        Assert.Equal(2, scheduler.Requeued.Count);

        Assert.Equal(1, await RunAsync(Stopping(limit, saves: 0), restart: 6));

        Assert.Equal(2, scheduler.Requeued.Count);
        Assert.Contains("nothing 3 times in a row", Sittings()[^1].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_was_saved_begins_the_count_of_time_limits_anew()
    {
        await SubmitAsync();
        foreach (var (saves, restart) in new[] { 0, 0, 30, 30, 30 }.Select((saves, i) => (saves, i)))
            await RunAsync(Stopping(signals => signals.SayTimeIsUp(), saves), restart);
        Assert.Equal(5, scheduler.Requeued.Count);
    }

    [Fact]
    public async Task Each_cell_has_as_many_processes_as_were_asked_for()
    {
        await SubmitAsync(ranks: 2);
        var launcher = FakeLauncher.Finishing();
        Assert.Equal(0, await RunAsync(launcher));
        var execution = Assert.Single(launcher.Starts).Execution;
        Assert.Equal((2, 1), (execution.Ranks, execution.Threads));
    }

    [Fact]
    public async Task A_node_that_cannot_work_trains_nothing_and_is_named()
    {
        await SubmitAsync();
        var launcher = FakeLauncher.Finishing();
        Assert.Equal(1, await RunAsync(launcher, fault: "libtorch: not found. Run 'dotnet restore'."));
        Assert.Empty(launcher.Starts);
        Assert.Equal("node1: libtorch: not found. Run 'dotnet restore'.", Sittings()[0].Fault);
    }

    [Fact]
    public async Task A_start_that_was_cut_off_writes_nothing_once_a_later_one_has_begun()
    {
        var plan = await SubmitAsync();
        await RunAsync(Stopping(signals => signals.SayEnd(), saves: 20), restart: 1);
        await Assert.ThrowsAsync<CellReplacedException>(() => RunAsync(FakeLauncher.Finishing()));
        Assert.Equal(1, Assert.Single(Sittings()).Restart);
        Assert.Equal("101_0_1", CellOwner.Read(fixture.Cell(plan, 0).OwnerPath)!.Name);
    }

    [Fact]
    public async Task A_cell_that_failed_is_told_by_its_task()
    {
        await SubmitAsync();
        Assert.Equal(1, await RunAsync(new FakeLauncher((_, _) => Task.FromResult(70))));
        Assert.Equal("1 of 1 cells failed", Sittings()[0].Why);
    }

    [Fact]
    public async Task Who_submitted_may_have_died_before_it_could_tell_of_the_job()
    {
        await SubmitAsync();
        var path = fixture.Runs.Sweep("s").SlurmJobPath("101");
        var told = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        File.Delete(path);
        await RunAsync(FakeLauncher.Finishing());
        Assert.Equal(
            told.Replace("\"cluster\": \"here\"", "\"cluster\": \"\"", StringComparison.Ordinal),
            await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)
        );
    }

    private async Task<SweepPlan> SubmitAsync(int pack = 1, int ranks = 1)
    {
        var plan = await fixture.PlanAsync(".Seeds(count: 2)");
        var submitter = new SweepSubmitter(
            fixture.Runs,
            scheduler,
            new SlurmLimits(1001, "here"),
            ["relora"],
            TimeProvider.System
        );
        submitter.Submit(
            plan,
            new Dictionary<string, string>(),
            new RunOptions(),
            new SlurmSettings
            {
                Pack = pack,
                Ranks = ranks,
                Cpus = pack * ranks,
            }
        );
        return plan;
    }

    private async Task<int> RunAsync(FakeLauncher launcher, int restart = 0, string fault = "")
    {
        var signals = heard.Count > 0 && !heard[^1].Stop.Stop.IsCancellationRequested ? heard[^1] : Signals();
        var orders = new OrderFolder(
            Assert.Single(Directory.GetDirectories(Path.Combine(fixture.Runs.Sweep("s").SlurmPath, "orders")))
        );
        var self = new CellOwner
        {
            Job = "101",
            Task = 0,
            Restart = restart,
            Node = "node1",
        };
        var environment = new TaskEnvironment(self, $"{2001 + restart}", []);
        return await new TaskRunner(
            orders,
            environment,
            launcher,
            new LineObserver(lines),
            signals,
            scheduler,
            _ => fault,
            TimeProvider.System
        ).RunAsync();
    }

    private TaskSignals Signals()
    {
        heard.Add(new TaskSignals(_ => { }));
        return heard[^1];
    }

    /// <summary>Workers that are told to stop, and save some steps before they do.</summary>
    private FakeLauncher Stopping(Action<TaskSignals> said, int saves)
    {
        var signals = Signals();
        return new FakeLauncher(
            async (cell, worker) =>
            {
                said(signals);
                await worker.StopRequested;
                if (saves > 0)
                    Directory.CreateDirectory(
                        Path.Combine(
                            cell.CheckpointsPath,
                            $"step_{Directory.CreateDirectory(cell.CheckpointsPath).GetDirectories().Length * 100 + saves}"
                        )
                    );
                new CellStatus { State = "stopped", Step = saves }.Write(cell.StatusPath);
                return WorkerExit.Stopped;
            }
        );
    }

    private IReadOnlyList<SlurmSitting> Sittings() =>
        SlurmTask.Read(fixture.Runs.Sweep("s").SlurmTaskPath("101", 0))!.Sittings;
}
