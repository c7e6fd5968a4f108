using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Training;

/// <summary>A thousand steps with 39 resets and 50 checkpoints take the memory of two hundred.</summary>
[Collection(Alone.Collection)]
[Trait("Category", "Slow")]
public sealed class LongRunTests : IDisposable
{
    private const int Steps = 1000;
    private const int WarmUp = 200;

    /// <summary>All cycles of the run, resets, checkpoints and evaluations, are as far after so many steps.</summary>
    private const int Period = 100;

    /// <summary>Past a reset's next update, after which nothing is kept aside.</summary>
    private const int Phase = 7;

    /// <summary>
    /// One percent over 800 steps: of some 200 MB, 2.5 kB a step. The smallest tensor that a step could leave behind is less, and is
    /// counted; the smallest state of a run, a copy of its weights, is more.
    /// </summary>
    private const double MostGrowth = 0.01;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Memory_after_a_thousand_steps_is_that_after_two_hundred(bool resets)
    {
        var small = resets ? SmallRuns.ReLoRA(ResetSemantics.PaperAsRun) : SmallRuns.Config;
        var config = small with
        {
            LowRank = small.LowRank with { ResetEvery = 25 },
            Budget = new BudgetConfig { Tokens = (Steps + Phase) * small.TokensPerStep },
            Evaluation = small.Evaluation with { Every = 50 },
            Checkpoint = new CheckpointConfig { Every = 20, KeepEvery = 500 },
        };
        var cell = SmallRuns.Cell(folder, config);
        var live = new SortedDictionary<long, long>();
        var resident = new SortedDictionary<long, long>();

        SittingRuns.Work(
            cell,
            new CheckpointStore(cell.CheckpointsPath),
            (_, state) =>
            {
                if (state.Step % Period == Phase)
                    live[state.Step] = LiveTensors.Count;
                if (
                    state.Step % (Period / 5) == Phase
                    && (state.Step is > WarmUp and < WarmUp + Period or > Steps - Period)
                )
                    resident[state.Step] = ResidentMemory.Bytes();
            }
        );

        Assert.Equal(resets ? 39 : 0, config.LowRank.Method.Resets() ? ResetTimes.CountThrough(config, Steps) : 0);
        Assert.All(live.Where(at => at.Key > Period), at => Assert.Equal(live[Period + Phase], at.Value));
        var (early, late) = (Median(resident, WarmUp), Median(resident, Steps - Period));
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"{early >> 10} KiB, then {late >> 10} KiB: {(double)late / early - 1:P2}")
                + "\n"
                + string.Join(' ', resident.Select(at => at.Value >> 10))
        );
        Assert.InRange((double)late / early - 1, double.NegativeInfinity, MostGrowth);
    }

    /// <summary>Of the five measurements of a period: a checkpoint in the making is in one and not in another.</summary>
    private static long Median(SortedDictionary<long, long> resident, int from) =>
        resident.Where(at => at.Key >= from).Take(5).Select(at => at.Value).Order().ElementAt(2);
}
