using ReLoRA.Core.Benchmarks;
using ReLoRA.Core.Configuration;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Benchmarks;

[Collection(DefaultGenerator.Collection)]
public sealed class StepTimerTests
{
    private static readonly RunConfig Low = Presets.Nano with
    {
        LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA },
    };

    [Fact]
    public void A_step_is_timed_and_nothing_of_it_stays()
    {
        var before = LiveTensors.Count;

        var times = StepTimer.Measure(Low, microBatch: 2, recompute: false, CPU, TimeProvider.System);

        Assert.True(times is { SecondsPerToken: > 0, SecondsPerUpdate: > 0 });
        Assert.Equal(before, LiveTensors.Count);
    }
}
