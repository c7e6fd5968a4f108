using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Tests.Configuration;

public sealed class CellIdentityTests
{
    private static readonly RunConfig Nano = Presets.Nano;

    /// <summary>
    /// If one of these changes, every cell of every user is trained again: raise <see cref="CellIdentity.SemanticsVersion"/> only
    /// where the weights truly differ, and never rename a knob without need.
    /// </summary>
    [Theory]
    [InlineData("Nano", "59b6f0e3a037")]
    [InlineData("PicoTiny", "845b1b954ecc")]
    [InlineData("PicoSmall", "038df2de7868")]
    public void The_identity_of_a_preset_never_changes_unnoticed(string preset, string id)
    {
        var config = (RunConfig)typeof(Presets).GetProperty(preset)!.GetValue(null)!;
        Assert.Equal(id, CellIdentity.Of(config, "0123456789abcdef"));
    }

    [Fact]
    public void What_is_hashed_is_canonical_JSON_without_paths_evaluation_and_checkpoints()
    {
        const string expected =
            """{"Budget":{"Tokens":491520},"Data":{"BatchSize":12,"SequenceLength":128,"Train":"feed"},"""
            + """ "LowRank":{"Alpha":32,"Method":"FullRank","Rank":16,"ResetEvery":2000,"Semantics":{"Dropout":0,"FirstCycle":"Kaiming","Merge":"Scaled","Moments":"Zero","Offset":0,"PruneRatio":0.999},"Targets":["attention","swiglu"]},"""
            + """ "Model":{"Heads":4,"HiddenWidth":192,"KeyValueHeads":2,"Layers":4,"MaxSequenceLength":128,"NormEpsilon":0.000001,"RopeTheta":10000,"VocabularySize":4096,"Width":64},"""
            + """ "Optimizer":{"Beta1":0.9,"Beta2":0.975,"ClipNorm":0,"Epsilon":1e-8,"LearningRate":0.003,"WeightDecay":0.01},"Precision":"Float32","""
            + """ "Schedule":{"HorizonSteps":0,"Kind":"Cosine","MinimumRatio":0.1,"RestartWarmupSteps":100,"WarmupSteps":40},"Seed":42,"SemanticsVersion":1}""";
        Assert.Equal(expected.Replace(" ", "", StringComparison.Ordinal), CellIdentity.HashedText(Nano, "feed"));
    }

    /// <summary>Names from before there were further options: an option added since must not change them. That of a cell with dropout changed with what dropout draws.</summary>
    [Theory]
    [InlineData("Exact", "a0fc4edfcc1f")]
    [InlineData("PaperSingleGpu", "9c96ed3cd1c4")]
    public void A_ReLoRA_cell_keeps_the_name_it_had_before_options_were_added(string preset, string id)
    {
        var semantics = ResetSemantics.Named.Single(named => named.Name == preset).Semantics;
        var config = Nano with { LowRank = Nano.LowRank with { Method = LowRankMethod.ReLoRA, Semantics = semantics } };
        Assert.Equal(id, CellIdentity.Of(config, "0123456789abcdef"));
    }

    [Fact]
    public void An_identity_has_twelve_hexadecimal_digits() =>
        Assert.Matches("^[0-9a-f]{12}$", CellIdentity.Of(Nano, "x"));

    [Fact]
    public void The_folder_of_the_data_is_no_part_of_it_but_its_content_is()
    {
        var moved = Nano with { Data = Nano.Data with { Train = "/elsewhere" } };
        Assert.Equal(CellIdentity.Of(Nano, "x"), CellIdentity.Of(moved, "x"));
        Assert.NotEqual(CellIdentity.Of(Nano, "x"), CellIdentity.Of(Nano, "y"));
    }

    [Theory]
    [InlineData(Architecture.Pico, "Model.RotaryFraction", "Model.ParallelResidual")]
    [InlineData(Architecture.NeoX, "Model.KeyValueHeads")]
    public void Every_knob_outside_evaluation_and_checkpoints_alters_the_identity_of_a_jagged_ReLoRA_run(
        Architecture architecture,
        params string[] ofOthers
    )
    {
        var config = Nano with
        {
            Model = Nano.Model with { Architecture = architecture },
            Data = Nano.Data with { Order = DataOrder.Windowed },
            LowRank = Nano.LowRank with
            {
                Method = LowRankMethod.ReLoRA,
                Semantics = ResetSemantics.PaperSingleGpu,
                Ranks = new RankConfig { Explained = 0.5, Maximum = 24 },
            },
            Schedule = Nano.Schedule with { Kind = ScheduleKind.JaggedCosine },
            Stability = new StabilityConfig { OnDivergence = DivergencePolicy.Stop },
        };
        var id = CellIdentity.Of(config, "x");
        foreach (var (path, value) in KnobTree.Leaves(config))
        {
            var same = CellIdentity.Of(KnobTree.With(config, path, Other(value)), "x") == id;
            var outside =
                path.StartsWith("Evaluation.", StringComparison.Ordinal)
                || path.StartsWith("Checkpoint.", StringComparison.Ordinal)
                || path is "Data.Train" or "Probes" or "Schedule.DecaySteps"
                || ofOthers.Contains(path);
            Assert.True(same == outside, $"{path}: identity {(same ? "unchanged" : "changed")}");
        }
    }

    private static object Other(object value) =>
        value switch
        {
            int number => number + 1,
            // More than one step's tokens, since a part of a step makes no difference.
            long number => number + 5000,
            double number => number + 0.0005,
            bool flag => !flag,
            string text => text + "x",
            EquatableList<string> => EquatableList.Create<string>(["attention"]),
            EquatableList<CorpusShare> => EquatableList.Create([new CorpusShare("more", 0.5)]),
            EquatableList<LayerRank> => EquatableList.Create([new LayerRank("*", 3)]),
            EquatableList<int> => EquatableList.Create([3]),
            EquatableList<ProbeConfig> => EquatableList.Create([new ProbeConfig()]),
            EquatableList<EvaluationTask> => EquatableList.Create([new EvaluationTask("blimp", "pairs")]),
            Enum named => Enum.GetValues(named.GetType()).Cast<Enum>().First(other => !other.Equals(named)),
            _ => throw new ArgumentException($"{value.GetType()}"),
        };
}
