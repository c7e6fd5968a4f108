using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using ReLoRA.Results.Log;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Training;

/// <summary>No method keeps more tensors the longer it trains, and none takes gradients for weights that are frozen.</summary>
[Collection(DefaultGenerator.Collection)]
public sealed class LiveTensorsTests : IDisposable
{
    private static readonly RunConfig Exact = SmallRuns.ReLoRA(ResetSemantics.Exact);

    private static readonly Dictionary<string, RunConfig> Runs = new(StringComparer.Ordinal)
    {
        ["full rank"] = SmallRuns.Config,
        ["LoRA"] = With(lowRank => lowRank with { Method = LowRankMethod.LoRA }),
        ["low rank"] = With(lowRank => lowRank with { Method = LowRankMethod.LowRank }),
        ["frozen A"] = With(lowRank => lowRank with { Method = LowRankMethod.FrozenA }),
        ["Exact"] = Exact,
        ["Exact with the counter reset"] = SmallRuns.ReLoRA(ResetSemantics.Exact with { Counter = AdamCounter.Reset }),
        ["PaperSingleGpu"] = SmallRuns.ReLoRA(ResetSemantics.PaperSingleGpu),
        ["PaperAsRun"] = SmallRuns.ReLoRA(ResetSemantics.PaperAsRun),
        ["Lialin2023Paper"] = SmallRuns.ReLoRA(ResetSemantics.Lialin2023Paper),
        ["Lialin2023Code"] = SmallRuns.ReLoRA(ResetSemantics.Lialin2023Code),
        ["warm start"] = With(lowRank => lowRank with { WarmStartSteps = 6 }),
        ["tanh scale"] = With(lowRank => lowRank with { Scaling = AdapterScaling.TrainableTanh }),
        ["weights at zero"] = With(lowRank => lowRank with { KeepWeights = false }),
        ["gradient partitions"] = SmallRuns.ReLoRA(ResetSemantics.PaperAsRun) with
        {
            Optimizer = SmallRuns.Config.Optimizer with { GradientPartitions = 2 },
        },
        ["cyclical cosine"] = Exact with { Schedule = Exact.Schedule with { Kind = ScheduleKind.CyclicalCosine } },
        ["64 bits"] = Exact with { Precision = Precision.Float64 },
        ["mixed precision"] = Exact with { Precision = Precision.BFloat16Mixed },
        ["bfloat16 with masters"] = Exact with { Precision = Precision.BFloat16Zero2 },
        ["bfloat16 alone"] = Exact with { Precision = Precision.BFloat16Pure },
        ["no decay"] = Exact with { Optimizer = Exact.Optimizer with { NoDecay = ["norm"] } },
        ["clipping"] = Exact with { Optimizer = Exact.Optimizer with { ClipNorm = 1 } },
    };

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Names { get; } = [.. Runs.Keys];

    // One run of each kind of step, reset and schedule; the slow test has them all.
    public static TheoryData<string> Kinds { get; } =
    [
        "full rank",
        "LoRA",
        "frozen A",
        "Exact",
        "PaperAsRun",
        "Lialin2023Code",
        "warm start",
        "weights at zero",
        "gradient partitions",
        "mixed precision",
        "bfloat16 with masters",
    ];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fifty_steps_with_five_resets_leave_no_tensor(string name) =>
        AssertLevel(Runs[name], steps: 50, resetEvery: 8);

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Names))]
    public void Two_hundred_steps_with_five_resets_leave_no_tensor(string name) =>
        AssertLevel(Runs[name], steps: 200, resetEvery: 32);

    private void AssertLevel(RunConfig small, int steps, int resetEvery)
    {
        var config = small with
        {
            LowRank = small.LowRank with { ResetEvery = resetEvery },
            // No reset follows the last update, and six steps may be a warm start.
            Budget = new BudgetConfig { Tokens = (steps + 7) * small.TokensPerStep },
        };
        var cell = SmallRuns.Cell(folder, config);
        using var inputs = CellInputs.Read(cell);
        using var parts = new RunParts(inputs);
        using var log = new TrainingLog(RunLogWriter.Create(cell.LogPath), config);
        using var batches = new BatchStream(TrainingRows.Reader(inputs.Config, inputs.Corpora), SampleCursor.Start);
        var store = new CheckpointStore(cell.CheckpointsPath);
        var live = new Dictionary<long, long>();

        new Trainer(cell.Id, parts, log, store, TimeProvider.System).Run(
            TrainingState.Start,
            batches,
            new StopSignal(),
            state => live[state.Step] = LiveTensors.Count
        );

        Assert.Equal(config.LowRank.Method.Resets(), ResetTimes.CountThrough(config, steps) >= 5);
        // Both lie past a reset's next update, after which nothing is kept aside.
        Assert.Equal(live[resetEvery + 7], live[steps]);
        Assert.All(
            parts.Model.Parameters.Where(parameter => !parameter.IsTrainable),
            frozen => Assert.True(frozen.Value.grad is null, frozen.Name)
        );
    }

    private static RunConfig With(Func<LowRankConfig, LowRankConfig> change) =>
        Exact with
        {
            LowRank = change(Exact.LowRank),
        };
}
