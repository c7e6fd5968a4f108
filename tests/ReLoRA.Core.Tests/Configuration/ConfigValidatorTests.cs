using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Tests.Configuration;

public sealed class ConfigValidatorTests
{
    private static readonly RunConfig ReLoRA = Presets.Nano with
    {
        LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA },
        Schedule = Presets.Nano.Schedule with { Kind = ScheduleKind.JaggedCosine },
    };

    [Fact]
    public void Every_preset_is_accepted()
    {
        var presets = typeof(Presets).GetProperties().Select(property => (RunConfig)property.GetValue(null)!).ToList();
        Assert.Equal(4, presets.Count);
        Assert.All(presets, preset => Assert.Empty(ConfigValidator.Validate(preset)));
        Assert.Empty(ConfigValidator.Validate(ReLoRA));
    }

    [Fact]
    public void All_faults_of_probes_are_reported_at_once()
    {
        var config = ReLoRA with
        {
            Probes = [new ProbeConfig(), new ProbeConfig { Every = 5 }, new ProbeConfig { Layers = "*.atention.*" }],
        };
        Assert.Equal(
            [
                "Probes[1] is a second effective_rank/weight; allowed: each figure of the same matrices once. Remove one of the two.",
                "Probes[2].Layers is \"*.atention.*\", which matches no linear; allowed: a pattern over names from layers.0.attention.q_proj to layers.3.swiglu.w_2, for example *.attention.*; nearest are *.attention.k_proj, *.attention.q_proj, *.attention.v_proj.",
            ],
            ConfigValidator.Validate(config).Select(fault => fault.ToString())
        );
        Assert.Equal(
            [
                "Probes[0].Figure is \"\"; allowed: a name of letters, digits, '_' and '-' for a script's own figure, empty for the others.",
            ],
            ConfigValidator
                .Validate(ReLoRA with { Probes = [new ProbeConfig { Metric = ProbeMetric.Script }] })
                .Select(fault => fault.ToString())
        );
        Assert.Equal(
            ["Probes[0].Every is -1; allowed: at least 0 steps."],
            ConfigValidator
                .Validate(ReLoRA with { Probes = [new ProbeConfig { Every = -1 }] })
                .Select(fault => fault.ToString())
        );
    }

    [Fact]
    public void Only_what_is_saved_can_be_kept()
    {
        Assert.Empty(Faults(new CheckpointConfig { Every = 50, KeepEvery = 200 }));
        Assert.Equal(
            ["Checkpoint.KeepEvery is 120; allowed: 0, or a multiple of Checkpoint.Every (50)."],
            Faults(new CheckpointConfig { Every = 50, KeepEvery = 120 })
        );
        Assert.Equal(
            ["Checkpoint.KeepEvery is 120; allowed: 0 where Checkpoint.Every is 0, which saves at the end only."],
            Faults(new CheckpointConfig { Every = 0, KeepEvery = 120 })
        );

        static IEnumerable<string> Faults(CheckpointConfig checkpoint) =>
            ConfigValidator.Validate(ReLoRA with { Checkpoint = checkpoint }).Select(fault => fault.ToString());
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var config = ReLoRA with
        {
            LowRank = ReLoRA.LowRank with { Rank = 0, Method = (LowRankMethod)7 },
            Optimizer = new OptimizerConfig { LearningRate = double.NaN, Beta2 = 1 },
            Data = new DataConfig { Train = " " },
            Seed = -1,
        };
        var message = Assert.Throws<UserFaultException>(() => ConfigValidator.ThrowIfFaulty(config)).Message;
        Assert.Equal(
            """
            The configuration has 6 faults:
              LowRank.Method is 7; allowed: FullRank, ReLoRA, LoRA, LowRank, FrozenA.
              LowRank.Rank is 0; allowed: at least 1 and at most 65536.
              Optimizer.LearningRate is NaN; allowed: above 0 and at most 10.
              Optimizer.Beta2 is 1; allowed: at least 0 and below 1.
              Data.Train is an empty text; allowed: a path.
              Seed is -1; allowed: at least 0.
            """.ReplaceLineEndings("\n"),
            message
        );
    }

    [Fact]
    public void A_record_that_is_null_is_a_fault() =>
        Assert.Equal(
            "Model is null; allowed: a value. Remove the assignment to take the default.",
            Assert.Single(ConfigValidator.Validate(new RunConfig { Model = null! })).ToString()
        );

    public static TheoryData<string, object, string> RulesBetweenKnobs { get; } =
        new()
        {
            {
                "Model.Heads",
                3,
                "Model.Heads is 3; allowed: a divisor of Model.Width (64) that leaves heads of even width."
            },
            { "Model.KeyValueHeads", 3, "Model.KeyValueHeads is 3; allowed: a divisor of Model.Heads (4)." },
            {
                "Data.SequenceLength",
                129,
                "Data.SequenceLength is 129; allowed: at most Model.MaxSequenceLength (128)."
            },
            {
                "Budget.Tokens",
                1535L,
                "Budget.Tokens is 1535; allowed: at least one step's tokens (Data.BatchSize * Data.SequenceLength = 1536), or a number of Budget.Steps."
            },
            {
                "Optimizer.GradientPartitions",
                5,
                "Optimizer.GradientPartitions is 5; allowed: a divisor of Data.BatchSize (12)."
            },
            {
                "LowRank.Rank",
                65,
                "LowRank.Rank is 65; allowed: at most 32, the smaller dimension of layers.0.attention.k_proj."
            },
            {
                "Schedule.HorizonSteps",
                10L,
                "Schedule.HorizonSteps is 10; allowed: 0, or at least the run's steps (320)."
            },
            {
                "Schedule.WarmupSteps",
                81,
                "Schedule.WarmupSteps is 81; allowed: at most LowRank.ResetEvery (80) with a jagged cosine."
            },
            {
                "Schedule.RestartWarmupSteps",
                81,
                "Schedule.RestartWarmupSteps is 81; allowed: at most LowRank.ResetEvery (80)."
            },
        };

    [Fact]
    public void A_rank_is_held_to_the_linears_that_get_adapters_and_to_no_others()
    {
        var config = ReLoRA with { LowRank = ReLoRA.LowRank with { Rank = 64, Targets = ["q_proj", "swiglu"] } };

        Assert.Empty(ConfigValidator.Validate(config));
        Assert.Equal(
            "LowRank.Rank is 65; allowed: at most 64, the smaller dimension of layers.0.attention.q_proj.",
            Assert
                .Single(ConfigValidator.Validate(config with { LowRank = config.LowRank with { Rank = 65 } }))
                .ToString()
        );
    }

    [Theory]
    [MemberData(nameof(RulesBetweenKnobs))]
    public void A_rule_between_knobs_is_explained(string path, object value, string message) =>
        Assert.Contains(
            message,
            ConfigValidator.Validate(KnobTree.With(ReLoRA, path, value)).Select(fault => fault.ToString())
        );

    [Fact]
    public void A_decay_that_begins_within_the_warm_up_is_explained()
    {
        var stable = Presets.Nano with
        {
            Schedule = Presets.Nano.Schedule with { Kind = ScheduleKind.WarmupStableDecay, DecaySteps = 280 },
        };
        Assert.Empty(ConfigValidator.Validate(stable));
        Assert.Equal(
            "Schedule.DecaySteps is 281; allowed: at most the schedule's horizon (320 steps) less Schedule.WarmupSteps (40).",
            Assert.Single(ConfigValidator.Validate(KnobTree.With(stable, "Schedule.DecaySteps", 281L))).ToString()
        );
    }

    [Fact]
    public void All_faults_of_a_warm_start_and_a_restart_are_reported_at_once()
    {
        var config = ReLoRA with
        {
            LowRank = ReLoRA.LowRank with
            {
                Method = LowRankMethod.FrozenA,
                WarmStartSteps = 320,
                KeepWeights = false,
                Semantics = ResetSemantics.PaperAsRun,
            },
            Schedule = ReLoRA.Schedule with { WarmupSteps = 319 },
        };
        Assert.Equal(
            [
                "LowRank.Semantics.Restart is CarriedOver; allowed: Reinitialise with FrozenA, whose A no optimizer holds a copy of.",
                "LowRank.WarmStartSteps is 320; allowed: below the run's steps (320).",
                "LowRank.KeepWeights is False; allowed: True with a warm start, which trains these weights.",
            ],
            ConfigValidator.Validate(config).Select(fault => fault.ToString())
        );
        Assert.Equal(
            "Schedule.WarmupSteps is 40; allowed: at most LowRank.WarmStartSteps (30).",
            Assert.Single(ConfigValidator.Validate(KnobTree.With(ReLoRA, "LowRank.WarmStartSteps", 30))).ToString()
        );
    }

    [Fact]
    public void A_target_that_names_no_linear_is_told_with_the_names_that_exist()
    {
        var config = ReLoRA with { LowRank = ReLoRA.LowRank with { Targets = ["attention", "mlp", "swigul"] } };
        Assert.Equal(
            "LowRank.Targets is [attention,mlp,swigul], of which mlp and swigul are in no linear's name; allowed: parts of "
                + "attention.q_proj, attention.k_proj, attention.v_proj, attention.o_proj, swiglu.w_0, swiglu.w_1, swiglu.w_2, "
                + "with layers.0. to layers.3. before them.",
            Assert.Single(ConfigValidator.Validate(config)).ToString()
        );
    }

    [Fact]
    public void All_faults_of_a_NeoX_run_are_told_in_its_own_names()
    {
        var config = ReLoRA with
        {
            Model = Presets.NanoNeoX.Model with { RotaryFraction = 0.2, KeyValueHeads = 3 },
            LowRank = ReLoRA.LowRank with { Targets = ["attention", "swiglu.w_0"] },
            Probes = [new ProbeConfig { Layers = "*.q_proj" }],
        };
        Assert.Equal(
            [
                "Model.RotaryFraction is 0.2, 3 of a head's features; allowed: a share of a head's width (16) that is an even number of features, at least 2.",
                "LowRank.Targets is [attention,swiglu.w_0], of which swiglu.w_0 is in no linear's name; allowed: parts of attention.query_key_value, attention.dense, mlp.dense_h_to_4h, mlp.dense_4h_to_h, with layers.0. to layers.3. before them.",
                "Probes[0].Layers is \"*.q_proj\", which matches no linear; allowed: a pattern over names from layers.0.attention.query_key_value to layers.3.mlp.dense_4h_to_h, for example *.attention.*; nearest are *.attention.dense, *.mlp.dense_4h_to_h, *.mlp.dense_h_to_4h.",
            ],
            ConfigValidator.Validate(config).Select(fault => fault.ToString())
        );
        Assert.Equal(
            "Model.Heads is 3; allowed: a divisor of Model.Width (64).",
            Assert.Single(ConfigValidator.Validate(KnobTree.With(Presets.NanoNeoX, "Model.Heads", 3))).ToString()
        );
    }
}
