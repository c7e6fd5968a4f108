using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Native;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

[Collection(DefaultGenerator.Collection)]
public sealed class ReLoRAResetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Exact_resets_keep_the_function_and_clear_the_state()
    {
        var resets = ResetsOf(SmallRuns.ReLoRA(ResetSemantics.Exact));

        Assert.Equal([8L, 16, 24], resets.Select(reset => reset.Step));
        Assert.All(
            resets,
            reset =>
            {
                Assert.Equal(ResetBounds.Kept, reset.Verdict);
                Assert.True(reset.Jump <= reset.JumpBound);
                Assert.True(reset.LostTestable && reset.Lost <= reset.LostBound);
                Assert.True(reset.MergeError <= reset.MergeBound);
                Assert.Equal(1, reset.StateCleared);
                Assert.Equal(4, reset.AdapterRank);
                Assert.True(reset.GradientB > 0);
                Assert.Equal(0, reset.GradientA);
                Assert.Equal(0, reset.LearningRateAfter);
                Assert.True(reset.LearningRateBefore > 0);
                Assert.Matches("^[0-9a-f]{64}$", reset.WeightsHash);
                Assert.True(reset.NormA > 0);
                Assert.Equal(0, reset.NormB);
                Assert.Null(reset.DeadAdapters);
                Assert.All(reset.Layers, layer => Assert.Equal((1, 0), (layer.StateCleared, layer.NormB)));
            }
        );
    }

    [Fact]
    public void Published_resets_merge_nothing_first_and_change_the_function_from_then_on()
    {
        var resets = ResetsOf(SmallRuns.ReLoRA(ResetSemantics.PaperSingleGpu));

        Assert.Equal([9L, 17, 25], resets.Select(reset => reset.Step));
        Assert.Equal(
            [ResetBounds.NothingMerged, ResetBounds.Changed, ResetBounds.Changed],
            resets.Select(reset => reset.Verdict)
        );
        Assert.All(resets.Skip(1), reset => Assert.InRange(reset.Lost, 0.1, 2));
        Assert.All(resets.Skip(1), reset => Assert.InRange(reset.StateCleared, 0.99, 1));
    }

    [Fact]
    public void Moments_and_counter_are_left_alone_where_the_semantics_say_so()
    {
        var semantics = ResetSemantics.Exact with { Moments = MomentReset.None, Counter = AdamCounter.Reset };
        var cell = SmallRuns.Cell(folder, SmallRuns.ReLoRA(semantics));
        using var inputs = CellInputs.Read(cell);
        using var parts = new RunParts(inputs);
        var linear = parts.Model.Linears.OfType<ReLoRALinear>().First();
        var state = parts.Optimizer.MomentsOf(linear.B);
        using (no_grad())
        {
            state.First.fill_(LivingScalar.Of(1));
            state.Step.fill_(LivingScalar.Of(5));
        }

        OptimizerStateReset.Apply(linear, parts.Optimizer, semantics, seed: 7, Turns.First(linear));

        Assert.Equal(state.First.numel(), state.First.count_nonzero().item<long>());
        Assert.Equal(0, state.Step.item<float>());
    }

    [Fact]
    public void What_an_optimizer_keeps_aside_is_put_back_once_and_freed()
    {
        var cell = SmallRuns.Cell(folder, SmallRuns.ReLoRA(ResetSemantics.PaperAsRun));
        using var inputs = CellInputs.Read(cell);
        using var parts = new RunParts(inputs);
        var linear = parts.Model.Linears.OfType<ReLoRALinear>().First();
        var before = LiveTensors.Count;
        using (no_grad())
        using (NewDisposeScope())
            linear.B.fill_(LivingScalar.Of(2));

        AdapterRestart.Apply(linear, parts.Optimizer, ResetSemantics.PaperAsRun, seed: 7, Turns.First(linear));
        using (NewDisposeScope())
            Assert.Equal(0, linear.B.count_nonzero().item<long>());
        Assert.Equal(2, parts.Optimizer.Masters.Count());
        parts.Optimizer.Step(learningRate: 0);

        using (NewDisposeScope())
            Assert.Equal(2, linear.B.max().item<float>());
        Assert.Empty(parts.Optimizer.Masters);
        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void A_reset_frees_every_tensor_it_made()
    {
        var cell = SmallRuns.Cell(folder, SmallRuns.ReLoRA(ResetSemantics.PaperSingleGpu));
        using var inputs = CellInputs.Read(cell);
        using var parts = new RunParts(inputs);
        parts.Reset.Apply(1, 1);
        var before = LiveTensors.Count;

        parts.Reset.Apply(2, 2);

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void Random_pruning_keeps_about_its_share_of_the_moments()
    {
        var cell = SmallRuns.Cell(folder, SmallRuns.ReLoRA(ResetSemantics.Exact));
        using var inputs = CellInputs.Read(cell);
        using var parts = new RunParts(inputs);
        var linear = parts.Model.Linears.OfType<ReLoRALinear>().First();
        var moments = parts.Optimizer.MomentsOf(linear.A);
        using (no_grad())
            moments.First.fill_(LivingScalar.Of(1));

        var half = new ResetSemantics { Moments = MomentReset.RandomPrune, PruneRatio = 0.5 };
        OptimizerStateReset.Apply(linear, parts.Optimizer, half, seed: 7, Turns.First(linear));

        // 64 entries at one half: 32 expected with a standard deviation of 4; five of them either way.
        Assert.InRange(moments.First.count_nonzero().item<long>(), 12, 52);
    }

    private List<ResetRecord> ResetsOf(RunConfig config)
    {
        var cell = SmallRuns.Cell(folder, config);
        SmallRuns.Work(cell);
        return [.. RunLogReader.Read(cell.LogPath).Records<ResetRecord>()];
    }
}
