using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using ReLoRA.Core.Training;
using ReLoRA.Data.Sampling;

namespace ReLoRA.Core.Tests.Training;

/// <summary>
/// Numbers that TorchSharp wraps for libtorch could be freed by the collector while libtorch read them: two of thirty real runs
/// died of it, with "Unknown scalar type" or worse.
/// </summary>
[Collection(DefaultGenerator.Collection)]
public sealed class CollectorTests
{
    private const int Steps = 400;

    private static readonly RunConfig Config = SmallRuns.ReLoRA(ResetSemantics.PaperSingleGpu) with
    {
        Optimizer = SmallRuns.Config.Optimizer with { ClipNorm = 0.1 },
    };

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(Architecture.Pico)]
    [InlineData(Architecture.NeoX)]
    public async Task A_collector_that_never_rests_does_not_disturb_training(Architecture architecture)
    {
        var config = Config with { Model = Config.Model with { Architecture = architecture, RotaryFraction = 0.5 } };
        var undisturbed = Train(config);

        using var stop = new CancellationTokenSource();
        var collector = Task.Run(() => CollectUntil(stop.Token), TestContext.Current.CancellationToken);
        var disturbed = Train(config);
        await stop.CancelAsync();
        await collector;

        Assert.Equal(undisturbed, disturbed);
    }

    private static List<double> Train(RunConfig config)
    {
        using var model = ModelFactory.Create(config, TorchSharp.torch.CPU);
        using var optimizer = new AdamW(model.Parameters.Trainable, config.Optimizer);
        var gradients = new GradientAccumulation(model, seed: 1, microBatch: 1);
        var tokens = Enumerable.Range(0, 2 * 13).Select(i => (long)(i * 7 % 32)).ToArray();
        var batch = new TokenBatch(tokens, 2, 13, new SampleCursor(0, 2));
        var losses = new List<double>(Steps);
        for (var step = 0; step < Steps; step++)
        {
            losses.Add(gradients.Add(batch, step));
            losses.Add(optimizer.Step(1e-3));
        }
        return losses;
    }

    private static void CollectUntil(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers();
        }
    }
}
