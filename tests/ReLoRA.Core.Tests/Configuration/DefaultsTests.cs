using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Tests.Configuration;

public sealed class DefaultsTests
{
    [Fact]
    public void Every_default_is_the_documented_one() =>
        Assert.Equal(
            """
            Model.Architecture = Pico
            Model.VocabularySize = 50304
            Model.Width = 96
            Model.Layers = 12
            Model.Heads = 12
            Model.KeyValueHeads = 4
            Model.HiddenWidth = 384
            Model.MaxSequenceLength = 2048
            Model.NormEpsilon = 1E-06
            Model.RopeTheta = 10000
            Model.RotaryFraction = 0.25
            Model.ParallelResidual = True
            LowRank.Method = FullRank
            LowRank.Rank = 16
            LowRank.Alpha = 32
            LowRank.Scaling = Fixed
            LowRank.KeepWeights = True
            LowRank.WarmStartSteps = 0
            LowRank.Ranks.ByLayer = []
            LowRank.Ranks.ByCycle = []
            LowRank.Ranks.Explained = 0
            LowRank.Ranks.Minimum = 1
            LowRank.Ranks.Maximum = 0
            LowRank.Targets = [attention,swiglu]
            LowRank.ResetEvery = 2000
            LowRank.Semantics.FirstCycle = Kaiming
            LowRank.Semantics.Merge = Scaled
            LowRank.Semantics.Restart = Reinitialise
            LowRank.Semantics.Moments = Zero
            LowRank.Semantics.PruneRatio = 0.999
            LowRank.Semantics.Counter = Kept
            LowRank.Semantics.Offset = 0
            LowRank.Semantics.Dropout = 0
            Optimizer.LearningRate = 0.0003
            Optimizer.Beta1 = 0.9
            Optimizer.Beta2 = 0.999
            Optimizer.Epsilon = 1E-08
            Optimizer.WeightDecay = 0.01
            Optimizer.NoDecay = []
            Optimizer.ClipNorm = 0
            Optimizer.GradientPartitions = 1
            Schedule.Kind = JaggedCosine
            Schedule.WarmupSteps = 2000
            Schedule.RestartWarmupSteps = 100
            Schedule.MinimumRatio = 0.1
            Schedule.HorizonSteps = 0
            Schedule.DecaySteps = 0
            Data.Train = datasets/english/train
            Data.Mix = []
            Data.Order = Permuted
            Data.WindowRows = 16384
            Data.EpochEnd = DropRest
            Data.BatchSize = 16
            Data.SequenceLength = 128
            Budget.Tokens = 1000000
            Budget.Steps = 0
            Budget.Hours = 0
            Stability.NonFinite = Stop
            Stability.OnDivergence = Continue
            Stability.SpikeDeviations = 6
            Stability.RecoverySteps = 200
            Evaluation.Perplexity = datasets/english/validation
            Evaluation.Pairs = 
            Evaluation.Tokenizer = datasets/english/tokenizer.json
            Evaluation.Every = 0
            Evaluation.MaxRows = 0
            Evaluation.AroundResets = False
            Evaluation.Tasks = []
            Probes = []
            Checkpoint.Every = 100
            Checkpoint.Keep = 2
            Checkpoint.KeepEvery = 0
            Checkpoint.InBackground = True
            InitFrom = 
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
    public void The_paper_as_run_differs_from_one_gpu_in_the_restart_alone() =>
        Assert.Equal(
            ResetSemantics.PaperSingleGpu with
            {
                Restart = RestartRule.CarriedOver,
            },
            ResetSemantics.PaperAsRun
        );

    [Fact]
    public void Lialin_et_al_differ_from_exact_in_three_points_and_their_code_in_three()
    {
        Assert.Equal(
            ResetSemantics.Exact with
            {
                Moments = MomentReset.MagnitudePrune,
                PruneRatio = 0.9,
                Dropout = 0.1,
            },
            ResetSemantics.Lialin2023Paper
        );
        Assert.Equal(
            ResetSemantics.Exact with
            {
                FirstCycle = AdapterStart.Dead,
                Moments = MomentReset.RandomPrune,
                Dropout = 0.1,
            },
            ResetSemantics.Lialin2023Code
        );
    }

    [Fact]
    public void Semantics_are_told_by_the_name_of_their_preset_or_point_by_point()
    {
        Assert.All(ResetSemantics.Named, preset => Assert.Equal(preset.Name, $"{preset.Semantics}"));
        Assert.Equal(
            "FirstCycle=Kaiming,Merge=Scaled,Moments=Zero,PruneRatio=0.999,Offset=0,Dropout=0.5",
            $"{ResetSemantics.Exact with { Dropout = 0.5 }}"
        );
        Assert.Equal(
            "FirstCycle=Dead,Merge=Unscaled,Moments=None,PruneRatio=0.999,Offset=1,Dropout=0.1,Restart=CarriedOver,Counter=Reset",
            $"{ResetSemantics.PaperAsRun with { Moments = MomentReset.None, Counter = AdamCounter.Reset }}"
        );
    }

    [Fact]
    public void Nano_resets_three_times()
    {
        Assert.Equal(320, Presets.Nano.Steps);
        Assert.Equal(3, (Presets.Nano.Steps - 1) / Presets.Nano.LowRank.ResetEvery);
    }
}
