using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Tests.Configuration;

public sealed class DefaultsTests
{
    [Fact]
    public void Every_default_is_the_documented_one() =>
        Assert.Equal(
            """
            Model.VocabularySize = 50304
            Model.Width = 96
            Model.Layers = 12
            Model.Heads = 12
            Model.KeyValueHeads = 4
            Model.HiddenWidth = 384
            Model.MaxSequenceLength = 2048
            Model.NormEpsilon = 1E-06
            Model.RopeTheta = 10000
            LowRank.Method = FullRank
            LowRank.Rank = 16
            LowRank.Alpha = 32
            LowRank.Targets = [attention,swiglu]
            LowRank.ResetEvery = 2000
            LowRank.Semantics.FirstCycle = Kaiming
            LowRank.Semantics.Merge = Scaled
            LowRank.Semantics.Moments = Zero
            LowRank.Semantics.PruneRatio = 0.999
            LowRank.Semantics.Offset = 0
            LowRank.Semantics.Dropout = 0
            Optimizer.LearningRate = 0.0003
            Optimizer.Beta1 = 0.9
            Optimizer.Beta2 = 0.999
            Optimizer.Epsilon = 1E-08
            Optimizer.WeightDecay = 0.01
            Optimizer.ClipNorm = 0
            Schedule.Kind = JaggedCosine
            Schedule.WarmupSteps = 2000
            Schedule.RestartWarmupSteps = 100
            Schedule.MinimumRatio = 0.1
            Schedule.HorizonSteps = 0
            Data.Train = datasets/english/train
            Data.BatchSize = 16
            Data.SequenceLength = 128
            Budget.Tokens = 1000000
            Evaluation.Perplexity = datasets/english/validation
            Evaluation.Pairs = 
            Evaluation.Tokenizer = datasets/english/tokenizer.json
            Evaluation.Every = 0
            Evaluation.MaxRows = 0
            Probes = []
            Checkpoint.Every = 100
            Checkpoint.Keep = 2
            Precision = Float32
            Seed = 42
            """.ReplaceLineEndings("\n"),
            string.Join(
                '\n',
                KnobTree
                    .Leaves(new RunConfig())
                    .Select(leaf => FormattableString.Invariant($"{leaf.Key} = {leaf.Value}"))
            )
        );

    [Fact]
    public void The_paper_on_one_gpu_differs_from_exact_in_six_points() =>
        Assert.Equal(
            new ResetSemantics
            {
                FirstCycle = AdapterStart.Dead,
                Merge = MergeRule.Unscaled,
                Moments = MomentReset.RandomPrune,
                PruneRatio = 0.999,
                Offset = 1,
                Dropout = 0.1,
            },
            ResetSemantics.PaperSingleGpu
        );

    [Fact]
    public void Nano_resets_three_times()
    {
        Assert.Equal(320, Presets.Nano.Steps);
        Assert.Equal(3, (Presets.Nano.Steps - 1) / Presets.Nano.LowRank.ResetEvery);
    }
}
