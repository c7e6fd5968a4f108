using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.Models;
using ReLoRA.Core.Training;
using ReLoRA.Results.Log;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Models.NeoX;

[Collection(DefaultGenerator.Collection)]
public sealed class NeoXReLoRATests : IDisposable
{
    private static readonly ModelConfig Shape = SmallRuns.Config.Model with
    {
        Architecture = Architecture.NeoX,
        RotaryFraction = 0.5,
        NormEpsilon = 1e-5,
    };

    private readonly TemporaryFolder folder = new();
    private int cells;

    public static TheoryData<LowRankMethod> Methods { get; } = [.. Enum.GetValues<LowRankMethod>()];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void By_default_all_four_linears_of_a_block_are_adapted_and_biases_train()
    {
        using var model = ModelFactory.Create(Config(LowRankMethod.ReLoRA), CPU);
        var frozen = model.Parameters.Where(one => !one.IsTrainable).Select(one => one.Name).ToList();

        Assert.Equal(8, model.Linears.Count());
        Assert.All(model.Linears, linear => Assert.IsType<ReLoRALinear>(linear));
        Assert.Equal(model.Linears.Select(linear => $"{linear.Name}.weight"), frozen);
    }

    [Theory]
    [InlineData("mlp", "mlp")]
    [InlineData("SwiGLU", "mlp")]
    [InlineData("query_key_value", "query_key_value")]
    public void Targets_name_parts_of_it(string target, string part)
    {
        var config = Config(LowRankMethod.ReLoRA);
        config = config with { LowRank = config.LowRank with { Targets = [target] } };
        Assert.Empty(ConfigValidator.Validate(config));
        using var model = ModelFactory.Create(config, CPU);

        Assert.All(
            model.Linears,
            linear => Assert.Equal(linear.Name.Contains(part, StringComparison.Ordinal), linear is ReLoRALinear)
        );
    }

    [Fact]
    public void A_merge_keeps_the_recorded_function_with_live_adapters()
    {
        using var scope = NewDisposeScope();
        var config = Config(LowRankMethod.ReLoRA) with { Precision = Precision.Float64 };
        using var model = NeoXFixture.Decoder(NeoXFixture.Parallel, config);
        var expected = NeoXFixture.Outputs(NeoXFixture.Parallel);
        var ids = expected["main.ids"];
        Golden.Near(expected["main.logits"], model.Forward(ids, training: false), Golden.Float64);
        using var frozen = no_grad();
        foreach (var linear in model.Linears.Cast<ReLoRALinear>())
            linear.B.copy_(Draws.Normal(linear.B.shape, float64));
        var before = model.Forward(ids, training: false);

        foreach (var linear in model.Linears.Cast<ReLoRALinear>())
        {
            new Merge(MergeRule.Scaled).Apply(linear);
            AdapterDraw.Restart(linear, seed: 1, resetNumber: 1);
        }

        Assert.True(Golden.LargestDifference(expected["main.logits"], before) > 0.1);
        // Logits of some tens in 64 bits.
        Assert.True(NeoXFixture.Relative(before, model.Forward(ids, training: false)) < Golden.Merged);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_trains_and_learns_and_its_resets_keep_the_function(LowRankMethod method)
    {
        var log = Log(Config(method));

        Assert.True(log.IsFinished);
        Assert.True(log.Records<EvalRecord>().Last().Loss < log.Records<EvalRecord>().First().Loss - 0.05);
        Assert.Equal(method.Resets() ? [8L, 16, 24] : [], log.Records<ResetRecord>().Select(reset => reset.Step));
        Assert.All(log.Records<ResetRecord>(), reset => Assert.Equal(ResetBounds.Kept, reset.Verdict));
    }

    [Fact]
    public void A_run_that_is_stopped_between_resets_goes_on_to_the_same_losses()
    {
        var config = Config(LowRankMethod.ReLoRA) with
        {
            Probes = [new ProbeConfig { Layers = "*.mlp.*", Every = 10 }],
        };
        var whole = Log(config);
        var cell = SmallRuns.Cell(folder, config, "stopped");
        Assert.Equal(RunOutcome.Stopped, SittingRuns.WorkUntil(cell, 13));
        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(cell));
        var resumed = RunLogReader.Read(cell.LogPath);

        Assert.Equal(
            whole.Records<StepRecord>().Select(step => step.Loss),
            resumed.Records<StepRecord>().Select(step => step.Loss)
        );
        Assert.All(resumed.Records<ProbeRecord>(), probe => Assert.Equal(4, probe.Values.Count));
    }

    private static RunConfig Config(LowRankMethod method)
    {
        var config = SmallRuns.ReLoRA(ResetSemantics.Exact);
        return config with { Model = Shape, LowRank = config.LowRank with { Method = method } };
    }

    private RunLog Log(RunConfig config)
    {
        var cell = SmallRuns.Cell(folder, config, $"runs{cells++}");
        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(cell));
        return RunLogReader.Read(cell.LogPath);
    }
}
