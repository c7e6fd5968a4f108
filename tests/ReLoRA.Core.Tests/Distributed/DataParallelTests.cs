using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Distributed;

[Collection(DefaultGenerator.Collection)]
public sealed class DataParallelTests : IDisposable
{
    private const double Tolerance = 1e-6;

    private static readonly RunConfig Config = SmallRuns.ReLoRA(ResetSemantics.Exact);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Several_processes_train_what_one_trains(int ranks) => AssertSame(Config, ranks);

    [Fact]
    public void Slices_of_the_gradient_are_of_the_same_rows_however_many_processes_have_them() =>
        AssertSame(Config with { Optimizer = Config.Optimizer with { GradientPartitions = 2 } }, ranks: 4);

    [Fact]
    public void A_warm_start_ends_at_the_same_step_for_all() =>
        AssertSame(Config with { LowRank = Config.LowRank with { WarmStartSteps = 5 } }, ranks: 2);

    [Fact]
    public void A_budget_of_hours_that_is_spent_ends_all_of_them()
    {
        var cell = Cell(
            Config with
            {
                Budget = new BudgetConfig { Tokens = 48 * 30, Hours = 1e-9 },
            },
            "hours"
        );
        Assert.Equal([RunOutcome.Finished, RunOutcome.Finished], TeamRuns.Work(cell, 2));
        // The evaluation before the first step spent them, which only the first process made.
        Assert.Single(Losses(cell));
    }

    [Fact]
    public void A_stop_asked_of_one_stops_all_at_the_same_step_and_the_run_goes_on_at_another_number()
    {
        var straight = Train(Config, 1, "straight");
        var cell = Cell(Config, "stopped");
        var stopped = TeamRuns.Work(cell, 4, rank => rank == 2 ? Requested() : new StopSignal());
        Assert.All(stopped, outcome => Assert.Equal(RunOutcome.Stopped, outcome));
        Assert.Empty(Losses(cell));

        PauseAt(cell, 11);
        Assert.All(TeamRuns.Work(cell, 4), outcome => Assert.Equal(RunOutcome.Paused, outcome));
        PauseAt(cell, 0);
        TeamRuns.Work(cell, 2);

        AssertClose(Losses(straight), Losses(cell));
        Assert.Contains(
            "resumed after step 11; processes from here on 2, before 4: equal to rounding, not to the bit",
            RunLogReader.Read(cell.LogPath).Records<NoteRecord>().Select(note => note.Text)
        );
    }

    [Fact]
    public void One_process_goes_on_to_the_bit_with_what_one_process_began()
    {
        var cell = Cell(Config, "alone");
        PauseAt(cell, 11);
        SmallRuns.Work(cell);
        PauseAt(cell, 0);
        SmallRuns.Work(cell);
        RunComparison.AssertSame(Train(Config, 1, "straight"), cell);
        Assert.DoesNotContain("ranks", File.ReadAllText(Path.Combine(cell.CheckpointsPath, "step_30", "state.json")));
    }

    [Fact]
    public void As_many_processes_go_on_to_the_bit_with_what_they_began()
    {
        var cell = Cell(Config, "paused");
        PauseAt(cell, 11);
        TeamRuns.Work(cell, 2);
        PauseAt(cell, 0);
        TeamRuns.Work(cell, 2);
        RunComparison.AssertSame(Train(Config, 2, "straight"), cell);
    }

    [Fact]
    public void A_cell_that_extends_what_another_number_of_processes_trained_says_so()
    {
        var open = Config with { Schedule = Config.Schedule with { HorizonSteps = 60 } };
        var before = Train(open, 1, "before");
        var cell = Cell(open with { Budget = new BudgetConfig { Tokens = 48 * 32 } }, "longer");
        var source = new PrefixSource
        {
            Cell = before.Id,
            Checkpoints = before.CheckpointsPath,
            Step = 30,
            Log = before.LogPath,
        };
        Execute(cell, settings => settings with { Prefix = source });
        TeamRuns.Work(cell, 2);
        Assert.Contains(
            $"begun at step 30 of cell {before.Id}, whose first steps are the same; processes from here on 2, before 1: equal to rounding, not to the bit",
            RunLogReader.Read(cell.LogPath).Records<NoteRecord>().Select(note => note.Text)
        );
    }

    [Fact]
    public void The_log_tells_how_many_there_were_and_what_their_exchange_took()
    {
        var log = RunLogReader.Read(Train(Config, 2, "told").LogPath);
        Assert.Equal(2, log.Run?.Ranks);
        Assert.All(
            log.Records<StepRecord>(),
            step => Assert.True((double)step.Measured["exchange_seconds"] < (double)step.Measured["seconds"])
        );
        Assert.Null(RunLogReader.Read(Train(Config, 1, "one").LogPath).Run?.Ranks);
    }

    [Fact]
    public void A_number_that_does_not_divide_the_batch_is_refused_with_those_that_do()
    {
        var fault = Assert.Throws<UserFaultException>(() => TeamRuns.Work(Cell(Config, "three"), 3));
        Assert.Contains("Data.BatchSize is 4, which 3 processes cannot share evenly", fault.Message);
        Assert.Contains("allowed: 1, 2, 4 processes", fault.Message);
    }

    private void AssertSame(RunConfig config, int ranks)
    {
        var (one, several) = (Train(config, 1, "one"), Train(config, ranks, "several"));
        Assert.Equal(one.Id, several.Id);
        AssertClose(Losses(one), Losses(several));
        Assert.Equal(Resets(one).Select(reset => reset.Step), Resets(several).Select(reset => reset.Step));
        Assert.NotEmpty(Resets(several));
    }

    private static void AssertClose(List<double> expected, List<double> actual)
    {
        Assert.Equal(30, expected.Count);
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (a, b) in expected.Zip(actual))
            Assert.Equal(a, b, Tolerance);
    }

    private CellFolder Train(RunConfig config, int ranks, string runs)
    {
        var cell = Cell(config, runs);
        Assert.All(
            ranks == 1 ? [SmallRuns.Work(cell)] : TeamRuns.Work(cell, ranks),
            outcome => Assert.Equal(RunOutcome.Finished, outcome)
        );
        return cell;
    }

    private CellFolder Cell(RunConfig config, string runs) => SmallRuns.Cell(folder, config, runs);

    private static List<double> Losses(CellFolder cell) =>
        [.. RunLogReader.Read(cell.LogPath).Records<StepRecord>().Select(step => step.Loss)];

    private static IEnumerable<ResetRecord> Resets(CellFolder cell) =>
        RunLogReader.Read(cell.LogPath).Records<ResetRecord>();

    private static StopSignal Requested()
    {
        var stop = new StopSignal();
        stop.Request();
        return stop;
    }

    private static void PauseAt(CellFolder cell, long step) =>
        Execute(cell, settings => settings with { PauseAt = step });

    private static void Execute(CellFolder cell, Func<ExecutionSettings, ExecutionSettings> change) =>
        File.WriteAllText(
            cell.ExecutionPath,
            change(ExecutionSettings.Read(File.ReadAllText(cell.ExecutionPath))).Write()
        );
}
