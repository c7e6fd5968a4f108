using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Training;

[Collection(DefaultGenerator.Collection)]
public sealed class MixedPrecisionTests : IDisposable
{
    /// <summary>Bfloat16 keeps 8 bits: each product is off by up to 2^-9, and so are losses near 3.5 after two blocks.</summary>
    private const double Rounding = 0.02;

    private static readonly RunConfig Full = SmallRuns.ReLoRA(ResetSemantics.PaperSingleGpu);
    private static readonly RunConfig Mixed = Full with { Precision = Precision.BFloat16Mixed };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_stays_near_the_one_in_32_bits_and_is_another()
    {
        var (expected, found) = (Losses(Work(Full, "full")), Losses(Work(Mixed, "mixed")));
        Assert.Equal(expected.Count, found.Count);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, Rounding));
        Assert.NotEqual(expected, found);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void A_run_resumes_to_the_bit_before_at_and_after_a_reset(int step)
    {
        var straight = Work(Mixed, "straight");
        var resumed = SmallRuns.Cell(folder, Mixed, $"resumed{step}");
        SittingRuns.WorkUntil(resumed, step);
        Assert.Equal(RunOutcome.Finished, SmallRuns.Work(resumed));
        Assert.Equal(Losses(straight), Losses(resumed));
    }

    [Theory]
    [InlineData(Architecture.Pico)]
    [InlineData(Architecture.NeoX)]
    public void Weights_gradients_and_what_follows_a_step_are_in_32_bits(Architecture architecture)
    {
        var config = Mixed with { Model = Mixed.Model with { Architecture = architecture, Heads = 2 } };
        using var model = ModelFactory.Create(config, CPU);
        using var optimizer = new AdamW(model.Parameters.Trainable, config.Optimizer);
        var gradients = new GradientAccumulation(model, 1, microBatch: 2, precision: config.Precision);
        var ids = Enumerable.Range(0, 2 * 13).Select(i => (long)(i * i % 32)).ToArray();
        var batch = new TokenBatch(ids, 2, 13, SampleCursor.Start);
        gradients.Add(batch, 0);
        var before = LiveTensors.Count;

        gradients.Add(batch, 1);

        Assert.Equal(before, LiveTensors.Count);
        Assert.All(model.Parameters.Trainable, parameter => Assert.Equal(float32, parameter.Value.grad!.dtype));
        Assert.All(model.Parameters, parameter => Assert.Equal(float32, parameter.Value.dtype));
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Assert.Equal(float32, model.Forward(tensor(ids, [2, 13]).narrow(1, 0, 12), training: false).dtype);
    }

    private CellFolder Work(RunConfig config, string runs)
    {
        var cell = SmallRuns.Cell(folder, config, runs);
        SmallRuns.Work(cell);
        return cell;
    }

    private static List<double> Losses(CellFolder cell) =>
        [.. RunLogReader.Read(cell.LogPath).Records<StepRecord>().Select(step => step.Loss)];
}
