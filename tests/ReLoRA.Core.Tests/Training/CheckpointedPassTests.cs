using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using ReLoRA.Results.Log;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Training;

[Collection(DefaultGenerator.Collection)]
public sealed class CheckpointedPassTests : IDisposable
{
    private static readonly RunConfig Dropped = SmallRuns.ReLoRA(ResetSemantics.PaperSingleGpu);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<Architecture, Precision, bool> Kinds { get; } =
    [
        .. from architecture in Enum.GetValues<Architecture>()
        from precision in Enum.GetValues<Precision>()
        from adapted in (bool[])[false, true]
        select (architecture, precision, adapted),
    ];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Loss_and_gradients_are_to_the_bit_those_without(
        Architecture architecture,
        Precision precision,
        bool isAdapted
    )
    {
        var config = Config(architecture, precision, isAdapted);
        using var scope = NewDisposeScope();
        var (expectedLoss, expected) = Gradients(config, recompute: false);
        var (loss, found) = Gradients(config, recompute: true);
        Assert.Equal(expectedLoss, loss);
        Assert.True(expected.abs().max().to(float64).item<double>() > 1e-4);
        Assert.True(equal(expected, found).all().item<bool>());
    }

    [Fact]
    public void Dropout_acts_in_what_is_compared()
    {
        using var scope = NewDisposeScope();
        var (loss, _) = Gradients(Dropped, recompute: true);
        var (without, _) = Gradients(SmallRuns.ReLoRA(ResetSemantics.Exact), recompute: true);
        Assert.True(Dropped.LowRank.Semantics.Dropout > 0);
        Assert.NotEqual(without, loss);
    }

    [Theory]
    [InlineData(Architecture.Pico, false)]
    [InlineData(Architecture.NeoX, true)]
    public void Every_tensor_made_is_freed(Architecture architecture, bool isMixed)
    {
        var config = Config(architecture, isMixed ? Precision.BFloat16Mixed : Precision.Float32, isAdapted: true);
        using var model = ModelFactory.Create(config, CPU);
        using var optimizer = new AdamW(model.Parameters.Trainable, config.Optimizer);
        var gradients = Accumulation(model, config, recompute: true);
        gradients.Add(Batch(), 0);
        var before = LiveTensors.Count;
        gradients.Add(Batch(), 1);
        gradients.Add(Batch(), 2);
        Assert.Equal(before, LiveTensors.Count);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(15)]
    public void A_run_resumes_to_the_bit_and_is_the_one_without(int step)
    {
        var without = SmallRuns.Cell(folder, Dropped, "without");
        SmallRuns.Work(without);
        var straight = SmallRuns.Cell(folder, Dropped, "straight", recompute: true);
        SmallRuns.Work(straight);
        var resumed = SmallRuns.Cell(folder, Dropped, $"resumed{step}", recompute: true);
        SittingRuns.WorkUntil(resumed, step);
        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(resumed));

        var last = Path.Combine("step_30", "model.safetensors");
        var weights = File.ReadAllBytes(Path.Combine(without.CheckpointsPath, last));
        Assert.Equal(weights, File.ReadAllBytes(Path.Combine(straight.CheckpointsPath, last)));
        Assert.Equal(weights, File.ReadAllBytes(Path.Combine(resumed.CheckpointsPath, last)));
        Assert.Null(RunLogReader.Read(without.LogPath).Run!.Recompute);
        Assert.True(RunLogReader.Read(resumed.LogPath).Run!.Recompute);
    }

    private static RunConfig Config(Architecture architecture, Precision precision, bool isAdapted)
    {
        var config = isAdapted ? Dropped : SmallRuns.Config;
        return config with
        {
            Precision = precision,
            Model = config.Model with { Architecture = architecture, Heads = 2, Layers = 3 },
            LowRank = config.LowRank with
            {
                Targets = [architecture == Architecture.Pico ? "swiglu" : "mlp", "attention"],
            },
        };
    }

    private static (double Loss, Tensor Gradients) Gradients(RunConfig config, bool recompute)
    {
        using var model = ModelFactory.Create(config, CPU);
        using var optimizer = new AdamW(model.Parameters.Trainable, config.Optimizer);
        using (no_grad())
            foreach (
                var b in model.Parameters.Where(one => one.Name.EndsWith("B_lora.weight", StringComparison.Ordinal))
            )
                b.Value.fill_(LivingScalar.Of(0.1));
        var loss = Accumulation(model, config, recompute).Add(Batch(), step: 3);
        return (loss, cat([.. model.Parameters.Trainable.Select(parameter => parameter.Value.grad!.flatten())]));
    }

    private static GradientAccumulation Accumulation(Decoder model, RunConfig config, bool recompute) =>
        new(model, config.Seed, microBatch: 2, precision: config.Precision, recompute: recompute);

    private static TokenBatch Batch() =>
        new([.. Enumerable.Range(0, 4 * 13).Select(i => (long)(i * i % 32))], 4, 13, SampleCursor.Start);
}
