using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using ReLoRA.Results.Log;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

/// <summary>Faults put into resets on purpose. Each must stop the run, and its message must say what is wrong.</summary>
[Collection(DefaultGenerator.Collection)]
public sealed class ResetFaultTests : IDisposable
{
    private const string Function = "changed the model's function";

    private readonly TemporaryFolder folder = new();
    private int cells;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_merge_without_the_scale_is_caught() =>
        AssertCaught(Function, steps => steps with { Merge = new Merge(MergeRule.Unscaled) });

    [Fact]
    public void A_linear_that_is_not_merged_is_caught() =>
        AssertCaught(
            "the largest in layers.0.attention.k_proj.",
            steps => steps with { Merge = new FaultyMerge(SkipOne(steps.Merge)) }
        );

    [Fact]
    public void A_merge_in_16_bits_is_caught() =>
        AssertCaught(Function, steps => steps with { Merge = new FaultyMerge(InSixteenBits) });

    [Fact]
    public void Adapters_that_are_not_restarted_are_caught() =>
        AssertCaught(
            "left B in layers.0.attention.q_proj and 13 more as it was, of norm ",
            steps => steps with { Restart = (_, _) => { } }
        );

    [Fact]
    public void One_adapter_that_is_not_restarted_is_caught() =>
        AssertCaught(
            "left B in layers.1.swiglu.w_2 as it was, of norm ",
            steps =>
                steps with
                {
                    Restart = (linear, number) =>
                    {
                        if (linear.Name != "layers.1.swiglu.w_2")
                            steps.Restart(linear, number);
                    },
                }
        );

    [Fact]
    public void Optimizer_state_that_is_not_cleared_is_caught() =>
        AssertCaught(
            " of the adapters' optimizer state in layers.0.attention.q_proj and 13 more, where none was promised",
            steps => steps with { ClearState = (_, _) => { } }
        );

    [Fact]
    public void A_dead_start_is_caught() =>
        AssertCaught(
            "had nothing to merge in layers.0.attention.q_proj and 13 more: the adapters were dead in the cycle before it",
            steps => steps,
            dead: true
        );

    [Fact]
    public void A_dead_restart_is_caught() =>
        AssertCaught(
            "left dead adapters in layers.0.attention.q_proj and 13 more: no gradient reaches them",
            steps => steps with { Restart = (linear, _) => Clear(linear) }
        );

    [Fact]
    public void Semantics_that_change_the_function_are_held_to_every_other_promise()
    {
        AssertCaught(
            ResetSemantics.PaperSingleGpu,
            "left dead adapters in layers.0.attention.q_proj and 13 more",
            steps => steps with { Restart = (linear, _) => Clear(linear) }
        );
        AssertCaught(
            ResetSemantics.PaperSingleGpu,
            "left B in layers.0.attention.q_proj and 13 more as it was",
            steps => steps with { Restart = (linear, turn) => OnlyAtFirst(steps, linear, turn) },
            reset: 2
        );
        AssertCaught(
            ResetSemantics.PaperSingleGpu,
            "merged something else than its rule says in layers.",
            steps => steps with { Merge = new Merge(MergeRule.Scaled) },
            reset: 2
        );
    }

    [Fact]
    public void A_published_reset_that_changes_the_function_is_recorded_and_not_stopped()
    {
        var (violation, resets) = Run(ResetSemantics.PaperSingleGpu, steps => steps, dead: false);

        Assert.Null(violation);
        Assert.Equal(3, resets.Count);
    }

    private void AssertCaught(
        ResetSemantics semantics,
        string message,
        Func<ResetSteps, ResetSteps> fault,
        int reset = 1
    )
    {
        var (violation, _) = Run(semantics, fault, dead: false);

        Assert.NotNull(violation);
        Assert.StartsWith($"Reset {reset} after step ", violation.Message);
        Assert.Contains(message, violation.Message, StringComparison.Ordinal);
    }

    private void AssertCaught(string message, Func<ResetSteps, ResetSteps> fault, bool dead = false)
    {
        var (violation, resets) = Run(ResetSemantics.Exact, fault, dead);

        Assert.NotNull(violation);
        Assert.StartsWith("Reset 1 after step 8 ", violation.Message);
        Assert.Contains(message, violation.Message, StringComparison.Ordinal);
        Assert.Single(resets);
    }

    private (ResetViolationException? Violation, List<ResetRecord> Resets) Run(
        ResetSemantics semantics,
        Func<ResetSteps, ResetSteps> fault,
        bool dead
    )
    {
        var cell = SmallRuns.Cell(folder, SmallRuns.ReLoRA(semantics), $"runs{cells++}");
        using var inputs = CellInputs.Read(cell);
        using var parts = new RunParts(inputs, fault, null);
        if (dead)
        {
            foreach (var linear in parts.Model.Linears.OfType<ReLoRALinear>())
                Clear(linear);
        }
        using var batches = new BatchStream(TrainingRows.Reader(inputs.Config, inputs.Corpora), SampleCursor.Start);
        ResetViolationException? violation = null;
        using (var log = new TrainingLog(RunLogWriter.Create(cell.LogPath), inputs.Config))
        {
            log.Run(cell.Id, parts.Model, inputs.Hashes, inputs.Execution, TimeProvider.System.GetUtcNow());
            var store = new CheckpointStore(cell.CheckpointsPath);
            var trainer = new Trainer(cell.Id, parts, log, store, TimeProvider.System);
            try
            {
                trainer.Run(TrainingState.Start, batches, new StopSignal(), _ => { });
            }
            catch (ResetViolationException e)
            {
                violation = e;
            }
        }
        return (violation, [.. RunLogReader.Read(cell.LogPath).Records<ResetRecord>()]);
    }

    private static void OnlyAtFirst(ResetSteps steps, ReLoRALinear linear, ResetTurn turn)
    {
        if (turn.Number == 1)
            steps.Restart(linear, turn);
    }

    private static void Clear(ReLoRALinear linear)
    {
        using var frozen = no_grad();
        linear.A.zero_();
        linear.B.zero_();
    }

    private static Action<ReLoRALinear> SkipOne(IMerge merge) =>
        linear =>
        {
            if (linear.Name != "layers.0.attention.k_proj")
                merge.Apply(linear);
        };

    private static void InSixteenBits(ReLoRALinear linear)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        linear.Weight.copy_(linear.EffectiveWeight().to(bfloat16));
    }

    private sealed class FaultyMerge(Action<ReLoRALinear> apply) : IMerge
    {
        public void Apply(ReLoRALinear linear) => apply(linear);
    }
}
