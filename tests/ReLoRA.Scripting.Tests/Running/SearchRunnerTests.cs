using System.Text.Json;
using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Planning;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class SearchRunnerTests : IDisposable
{
    private const string Calls =
        ".Range(c => c.Optimizer.LearningRate, 1e-4, 3e-2, Scale.Log)"
        + ".Search(Tpe(trials: 14, parallel: 2).With(Asha(eta: 2, minTokens: 80 * 1536)))";

    private readonly RunFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_search_trains_to_rungs_and_ends_with_its_best_trial_at_full_length()
    {
        var plan = await fixture.PlanAsync(Calls);
        var launcher = Training();
        var result = await RunAsync(plan, launcher);
        var trials = result.Search!.Trials;
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(14, trials.Count);
        Assert.Equal("finished", trials[0].State);
        Assert.All(launcher.Starts, start => Assert.Contains(start.Execution.PauseAt, (long[])[80, 160, 0]));
        var paused = trials.First(trial => trial.State == "paused");
        Assert.True(paused.Step < 320);
        Assert.Equal(CellState.Paused, CellReport.Read(fixture.Runs.Cell(paused.Cells[0])).State);
        Assert.Equal(trials.Sum(trial => trial.Tokens), result.Search.Tokens);
        Assert.True(result.Search.Tokens < plan.Tokens * 3 / 4);
        Assert.Equal("all trials are drawn", result.Search.Ended);
    }

    [Fact]
    public async Task What_it_found_is_left_for_readers()
    {
        var plan = await fixture.PlanAsync(Calls);
        var result = await RunAsync(plan, Training());
        var folder = fixture.Runs.Sweep("s");
        Assert.Equal(14, SweepFile.Read(folder.PlanPath)!.Cells.Count);
        using var json = JsonDocument.Parse(
            await File.ReadAllBytesAsync(
                Path.Combine(folder.Path, "search.json"),
                TestContext.Current.CancellationToken
            )
        );
        var best = json.RootElement.GetProperty("trials")[0];
        Assert.Equal(result.Search!.Trials[0].Figure, best.GetProperty("figure").GetDouble());
        Assert.Equal(
            result.Search.Trials[0].Knobs["LearningRate"],
            best.GetProperty("knobs").GetProperty("LearningRate").GetString()
        );
    }

    [Fact]
    public async Task Running_a_search_again_trains_nothing_and_finds_the_same()
    {
        var plan = await fixture.PlanAsync(Calls);
        var first = await RunAsync(plan, Training());
        var launcher = Training();
        var second = await RunAsync(plan, launcher);
        Assert.Empty(launcher.Starts);
        Assert.Equal(Trials(first), Trials(second));
        Assert.Equal(Trials(first), Trials(SearchState.Of(plan.Search!, fixture.Runs)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(15)]
    public async Task A_search_that_is_stopped_goes_on_with_the_trials_of_a_straight_one(int starts)
    {
        using var other = new RunFixture();
        var straight = Trials(await RunAsync(await other.PlanAsync(Calls), Training(), other));
        var plan = await fixture.PlanAsync(Calls);
        var begun = 0;
        var cut = new FakeLauncher(
            (cell, worker) =>
            {
                if (Interlocked.Increment(ref begun) < starts)
                    return Task.FromResult(Train(cell));
                // The worker dies half-way, and then nothing is started any more.
                Train(cell, until: 40);
                fixture.Stop.Request(_ => { });
                return Task.FromResult(WorkerExit.Stopped);
            }
        );
        var stopped = await RunAsync(plan, cut);
        Assert.Equal(130, stopped.ExitCode);
        Assert.Equal("", stopped.Search!.Ended);
        using var stop = new StopRequest();
        var resumed = await new SearchRunner(
            fixture.Runs,
            Training(),
            new LineObserver(TextWriter.Null),
            TimeProvider.System
        ).RunAsync(plan, new Dictionary<string, string>(), new RunOptions { Jobs = 2, Threads = 1 }, stop);
        Assert.Equal(straight, Trials(resumed));
    }

    [Fact]
    public async Task A_trial_that_diverges_or_fails_counts_as_the_worst_and_the_search_goes_on()
    {
        var plan = await fixture.PlanAsync(Calls);
        var launcher = new FakeLauncher(
            (cell, _) =>
                Task.FromResult(
                    Rate(cell) switch
                    {
                        > 5e-3 => Diverge(cell),
                        < 5e-4 => 70,
                        _ => Train(cell),
                    }
                )
        );
        var result = await RunAsync(plan, launcher);
        var trials = result.Search!.Trials;
        Assert.Equal(14, trials.Count);
        Assert.Equal("finished", trials[0].State);
        Assert.Contains(trials, trial => trial.Message.Contains("diverged at step 7", StringComparison.Ordinal));
        Assert.Contains(
            trials,
            trial => trial.Message.Contains("failed: the worker failed with exit code 70", StringComparison.Ordinal)
        );
        Assert.All(trials.Where(trial => trial.Message.Length > 0), trial => Assert.Equal(double.NaN, trial.Figure));
        // Twice each: the first time it may have been the machine's fault.
        var failed = launcher
            .Starts.Where(start => Rate(fixture.Runs.Cell(start.Cell)) < 5e-4)
            .GroupBy(start => start.Cell);
        Assert.All(failed, starts => Assert.Equal(2, starts.Count()));
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public async Task A_trial_of_several_seeds_has_their_mean()
    {
        var plan = await fixture.PlanAsync(
            ".Range(c => c.Optimizer.LearningRate, 1e-4, 3e-2, Scale.Log).Search(RandomSearch(trials: 2)).Seeds(count: 2)"
        );
        var result = await RunAsync(plan, Training());
        Assert.Equal(4, result.Cells.Count);
        foreach (var trial in result.Search!.Trials)
            Assert.Equal(trial.Cells.Average(cell => Loss(fixture.Runs.Cell(cell), 320)), trial.Figure, 1e-12);
    }

    [Fact]
    public async Task A_cell_that_was_trained_before_without_evaluations_at_rungs_is_no_trial()
    {
        var plan = await fixture.PlanAsync(Calls);
        var first = plan.Search!.Cells(plan.Search.Begin().Next()[0].Trial)[0];
        Directory.CreateDirectory(fixture.Runs.Cell(first.Id).Path);
        FakeWorker.Finish(fixture.Runs.Cell(first.Id));
        var result = await RunAsync(plan, Training());
        var trial = result.Search!.Trials.Single(one => one.Number == 1);
        Assert.EndsWith(
            "has no eval/loss at step 80. Delete its folder to train it anew",
            trial.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_sweep_without_a_search_trains_a_paused_cell_to_its_end()
    {
        var search = await fixture.PlanAsync(Calls);
        var paused = (await RunAsync(search, Training())).Search!.Trials.First(trial => trial.State == "paused");
        var plan = await fixture.PlanAsync($".Grid(c => c.Optimizer.LearningRate, {paused.Knobs["LearningRate"]})");
        Assert.Equal(paused.Cells[0], Assert.Single(plan.Cells).Id);
        var result = await fixture.RunAsync(plan, Training());
        Assert.Equal(CellOutcome.Finished, Assert.Single(result.Cells).Outcome);
    }

    private Task<SweepResult> RunAsync(SweepPlan plan, IWorkerLauncher launcher, RunFixture? other = null) =>
        new SearchRunner(
            (other ?? fixture).Runs,
            launcher,
            new LineObserver(TextWriter.Null),
            TimeProvider.System
        ).RunAsync(
            plan,
            new Dictionary<string, string>(),
            new RunOptions { Jobs = 1, Threads = 1 },
            (other ?? fixture).Stop
        );

    private static List<(int, string, string, long, double)> Trials(SweepResult result) => Trials(result.Search!);

    private static List<(int, string, string, long, double)> Trials(SearchState state) =>
        [.. state.Trials.Select(trial => (trial.Number, trial.Cells[0], trial.State, trial.Step, trial.Figure))];

    private static FakeLauncher Training() => new((cell, _) => Task.FromResult(Train(cell)));

    private static double Rate(CellFolder cell) =>
        ConfigJson.Read(File.ReadAllText(cell.ConfigPath)).Optimizer.LearningRate;

    /// <summary>A bowl over the rate, lower with every step, a little otherwise for each seed.</summary>
    private static double Loss(CellFolder cell, long step)
    {
        var config = ConfigJson.Read(File.ReadAllText(cell.ConfigPath));
        return Math.Pow(Math.Log10(config.Optimizer.LearningRate) + 2.5, 2) + 100.0 / step + 0.01 * config.Seed;
    }

    /// <summary>Evaluates like a worker, up to where it pauses or ends.</summary>
    private static int Train(CellFolder cell, long until = 320)
    {
        var pause = ExecutionSettings.Read(File.ReadAllText(cell.ExecutionPath)).PauseAt;
        var last = Math.Min(until, pause == 0 ? 320 : pause);
        File.Delete(cell.LogPath);
        using (var log = RunLogWriter.Create(cell.LogPath))
        {
            for (var step = 80L; step <= last; step += 80)
                log.Append(Evaluated(step, Loss(cell, step)));
            if (last == 320)
                log.Append(
                    new EndRecord
                    {
                        Step = 320,
                        Tokens = 1,
                        Outcome = "finished",
                        Loss = 1,
                    }
                );
        }
        var state =
            last == 320 ? "finished"
            : last == pause ? "paused"
            : "stopped";
        new CellStatus
        {
            State = state,
            Step = last,
            Steps = 320,
        }.Write(cell.StatusPath);
        return last == 320 ? WorkerExit.Finished : WorkerExit.Paused;
    }

    [Fact]
    public async Task A_trial_whose_log_lost_the_figure_counts_as_the_worst_and_the_damage_is_told()
    {
        var plan = await fixture.PlanAsync(Calls);
        var result = await RunAsync(plan, Training());
        var finished = result.Search!.Trials.First(trial => trial.State == "finished");
        DamagedLogs.DamageTheBeginning(fixture.Runs.Cell(finished.Cells[0]).LogPath);

        var trial = SearchState.Of(plan.Search!, fixture.Runs).Trials.Single(one => one.Number == finished.Number);

        Assert.Contains("'s log is damaged, bytes 0 to ", trial.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("evaluated otherwise", trial.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_does_not_begin_while_a_sweep_of_its_name_is_run()
    {
        var plan = await fixture.PlanAsync(Calls);
        var running = Path.Combine(fixture.Runs.Sweep("s").RunningPath, "1-1.lock");
        using var other = FileLock.TryAcquire(running, out _);

        var fault = await Assert.ThrowsAsync<UserFaultException>(() => RunAsync(plan, Training()));

        Assert.Contains("is already being run by process", fault.Message, StringComparison.Ordinal);
    }

    private static int Diverge(CellFolder cell)
    {
        using var log = RunLogWriter.Create(cell.LogPath);
        log.Append(
            new EndRecord
            {
                Step = 7,
                Tokens = 1,
                Outcome = "diverged",
                Loss = double.NaN,
            }
        );
        return WorkerExit.Finished;
    }

    private static EvalRecord Evaluated(long step, double loss) =>
        new()
        {
            Step = step,
            Tokens = step,
            Name = "perplexity",
            Loss = loss,
            Perplexity = Math.Exp(loss),
            MacroLoss = loss,
            MacroPerplexity = Math.Exp(loss),
            Domains = [],
        };
}
