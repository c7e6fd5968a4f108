using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.LowRank.ReLoRA;

/// <summary>
/// The faults of <see cref="ResetFaultTests"/> in drawn models. Adapters are of a size that training gives them, so that a fault is
/// there to be measured: of a product below rounding nothing can be lost.
/// </summary>
[Collection(DefaultGenerator.Collection)]
public sealed class ResetFaultTrialTests
{
    private const double Smallest = -3;

    private const double Largest = -1;

    public static TheoryData<string> Faults { get; } =
    ["scale dropped", "linear left out", "merge in bf16", "not restarted", "state kept", "dead start", "dead restart"];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Six_models_with_a_fault_are_all_caught(string fault) => AssertCaught(fault, 6);

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Faults))]
    public void A_hundred_models_with_a_fault_are_all_caught(string fault) => AssertCaught(fault, 100);

    private static void AssertCaught(string fault, int count)
    {
        var missed = new List<string>();
        for (int seed = 1, tried = 0; tried < count; seed++)
        {
            var trial = new ResetTrial(seed, Smallest, Largest);
            if (!IsPossible(fault, trial.Config))
                continue;
            tried++;
            var faulty = new FaultySteps(fault);
            var outcome = trial.Reset(faulty.Change, isDead: fault == "dead start");
            var broken = string.Join("; ", ResetPromises.Broken(outcome, trial.Config));
            if (!broken.Contains(Expected(fault, faulty.Linear), StringComparison.Ordinal))
                missed.Add($"{seed}, {trial}: \"{broken}\" for {faulty.Linear}");
        }
        Assert.True(
            missed.Count == 0,
            $"{fault}: {missed.Count} of {count} missed\n{string.Join('\n', missed.Take(30))}"
        );
    }

    /// <summary>Whether a fault makes a difference: a scale of one may be dropped, and state that may stay is no fault.</summary>
    private static bool IsPossible(string fault, RunConfig config) =>
        config.LowRank.KeepWeights
        && fault switch
        {
            "scale dropped" => config.LowRank.Scaling != AdapterScaling.Fixed || config.LowRank.Scale != 1,
            "state kept" => config.LowRank.Semantics.Moments == MomentReset.Zero,
            _ => true,
        };

    private static string Expected(string fault, string linear) =>
        fault switch
        {
            "scale dropped" or "merge in bf16" => "changed the model's function",
            "linear left out" => $"the largest in {linear}",
            "not restarted" => $"left B in {linear}",
            "state kept" => "of the adapters' optimizer state",
            "dead start" => "had nothing to merge in ",
            _ => $"left dead adapters in {linear}",
        };

    /// <summary>Puts a fault into a reset's steps; where one linear is to be wrong it is the last.</summary>
    private sealed class FaultySteps(string fault)
    {
        public string Linear { get; } = "layers.0.";

        public ResetSteps Change(ResetSteps steps) =>
            fault switch
            {
                "scale dropped" => steps with { Merge = new Merge(MergeRule.Unscaled) },
                "linear left out" => steps with { Merge = new Faulty(Skip(steps.Merge)) },
                "merge in bf16" => steps with { Merge = new Faulty(InSixteenBits) },
                "not restarted" => steps with { Restart = (_, _) => { } },
                "state kept" => steps with { ClearState = (_, _) => { } },
                "dead restart" => steps with { Restart = (linear, _) => Clear(linear) },
                _ => steps,
            };

        private static Action<ReLoRALinear> Skip(IMerge merge)
        {
            var isFirst = true;
            return linear =>
            {
                if (!isFirst)
                    merge.Apply(linear);
                isFirst = false;
            };
        }
    }

    private static void Clear(ReLoRALinear linear)
    {
        using var frozen = no_grad();
        linear.A.zero_();
        linear.B.zero_();
    }

    private static void InSixteenBits(ReLoRALinear linear)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        linear.Weight.copy_(linear.EffectiveWeight().to(bfloat16));
    }

    private sealed class Faulty(Action<ReLoRALinear> apply) : IMerge
    {
        public void Apply(ReLoRALinear linear) => apply(linear);
    }
}
