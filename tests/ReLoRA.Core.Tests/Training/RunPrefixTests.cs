using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Training;

/// <summary>A cell that starts from the beginning of another one comes to what it would have come to by itself.</summary>
[Collection(DefaultGenerator.Collection)]
public sealed class RunPrefixTests : IDisposable
{
    private const int Longer = 45;

    private static readonly RunConfig Short = SmallRuns.ReLoRA(ResetSemantics.Exact) with
    {
        Schedule = SmallRuns.Config.Schedule with { Kind = ScheduleKind.JaggedCosine, HorizonSteps = 60 },
        Probes = [new ProbeConfig { Every = 7 }],
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(30)]
    [InlineData(24)]
    public void An_extended_cell_equals_one_that_was_longer_from_the_start(long from)
    {
        var config = Short with { Evaluation = Short.Evaluation with { Every = 8 } };
        var before = SmallRuns.Cell(folder, config);
        SmallRuns.Work(before);
        var longer = config with { Budget = new BudgetConfig { Tokens = Longer * 4 * 12 } };
        var straight = SmallRuns.Cell(folder, longer, "straight");
        SmallRuns.Work(straight);

        var extended = SmallRuns.Cell(folder, longer, "extended");
        Start(extended, Extension(before, from));
        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(extended));

        RunComparison.AssertSame(straight, extended, Longer);
        Assert.Contains(
            RunLogReader.Read(extended.LogPath).Records<NoteRecord>(),
            note => note.Text == $"begun at step {from} of cell {before.Id}, whose first steps are the same"
        );
    }

    [Fact]
    public void An_extended_cell_that_is_stopped_before_its_first_checkpoint_begins_there_again()
    {
        var before = SmallRuns.Cell(folder, Short);
        SmallRuns.Work(before);
        var longer = Short with { Budget = new BudgetConfig { Tokens = Longer * 4 * 12 } };
        var straight = SmallRuns.Cell(folder, longer, "straight");
        SmallRuns.Work(straight);
        var extended = SmallRuns.Cell(folder, longer, "extended");
        Start(extended, Extension(before, 30));
        var stop = new StopSignal();
        stop.Request();
        SmallRuns.Work(extended, stop);

        SmallRuns.Work(extended);

        RunComparison.AssertSame(straight, extended, Longer);
    }

    [Theory]
    [InlineData(LowRankMethod.ReLoRA, AdapterStart.Kaiming, 8, 0.1)]
    [InlineData(LowRankMethod.LoRA, AdapterStart.Dead, 2, 0.0)]
    [InlineData(LowRankMethod.FrozenA, AdapterStart.Kaiming, 3, 0.0)]
    public void A_warm_start_that_another_cell_trained_is_as_good_as_ones_own(
        LowRankMethod method,
        AdapterStart start,
        int rank,
        double dropout
    )
    {
        var first = WarmStart(SmallRuns.ReLoRA(ResetSemantics.Exact));
        var leader = SmallRuns.Cell(folder, first, "leader");
        var kept = folder.File("warm");
        Execute(leader, settings => settings with { WarmStartFolder = kept });
        SmallRuns.Work(leader);
        var plain = SmallRuns.Cell(folder, first, "plain");
        SmallRuns.Work(plain);
        // Keeping it changes nothing.
        RunComparison.AssertSame(plain, leader);

        var other = first with
        {
            LowRank = first.LowRank with
            {
                Method = method,
                Rank = rank,
                Alpha = 3 * rank,
                ResetEvery = 5,
                Semantics = ResetSemantics.PaperAsRun with
                {
                    FirstCycle = start,
                    Dropout = dropout,
                    Restart = RestartRule.Reinitialise,
                },
            },
        };
        var straight = SmallRuns.Cell(folder, other, "straight");
        SmallRuns.Work(straight);
        var forked = SmallRuns.Cell(folder, other, "forked");
        Start(
            forked,
            new PrefixSource
            {
                Cell = leader.Id,
                Checkpoints = kept,
                Step = 9,
                Log = Path.Combine(kept, WarmStartKeeper.LogName),
                KeepsAdapters = true,
            }
        );
        SmallRuns.Work(forked);

        RunComparison.AssertSame(straight, forked);
        Assert.True(
            RunLogReader.Read(forked.LogPath).Records<StepRecord>().Select(step => step.Step).SequenceEqual(Steps(30))
        );
    }

    [Fact]
    public void A_beginning_that_is_damaged_is_told()
    {
        var before = SmallRuns.Cell(folder, Short);
        SmallRuns.Work(before);
        var cell = SmallRuns.Cell(folder, Short with { Budget = new BudgetConfig { Tokens = Longer * 4 * 12 } });
        Start(cell, Extension(before, 30));
        File.AppendAllText(Path.Combine(before.CheckpointsPath, "step_30", "state.json"), " ");

        var fault = Assert.Throws<UserFaultException>(() => SmallRuns.Work(cell));

        Assert.StartsWith(
            $"The beginning of the run, step 30 of cell {before.Id}, cannot be loaded: ",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith("run the sweep again: it is trained anew then.", fault.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<long> Steps(int count) => Enumerable.Range(1, count).Select(step => (long)step);

    private static RunConfig WarmStart(RunConfig config) =>
        config with
        {
            LowRank = config.LowRank with { WarmStartSteps = 10 },
            Schedule = config.Schedule with { Kind = ScheduleKind.Cosine },
        };

    private static PrefixSource Extension(CellFolder cell, long step) =>
        new()
        {
            Cell = cell.Id,
            Checkpoints = cell.CheckpointsPath,
            Step = step,
            Log = cell.LogPath,
        };

    private static void Start(CellFolder cell, PrefixSource source) =>
        Execute(cell, settings => settings with { Prefix = source });

    private static void Execute(CellFolder cell, Func<ExecutionSettings, ExecutionSettings> change) =>
        File.WriteAllText(
            cell.ExecutionPath,
            change(ExecutionSettings.Read(File.ReadAllText(cell.ExecutionPath))).Write()
        );
}
