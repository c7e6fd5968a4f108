using ReLoRA.Core.Benchmarks;
using ReLoRA.Scripting.Estimating;

namespace ReLoRA.Scripting.Tests.Estimating;

public sealed class CalibrationTests
{
    private static readonly CalibrationRequest Request = new("{}", 1, false, "cpu", 1);

    [Fact]
    public async Task Each_process_answers_each_request_and_the_mean_counts()
    {
        // A process's own number is its answer.
        var calibration = Of("""while read line; do echo "{\"SecondsPerToken\":$$,\"SecondsPerUpdate\":2}"; done""");

        var times = await calibration.MeasureAsync([Request, Request], jobs: 2, TimeSpan.FromMinutes(1));

        Assert.Equal(2, times.Count);
        Assert.Equal(times[0], times[1]);
        Assert.Equal(2, times[0].SecondsPerUpdate);
    }

    [Theory]
    [InlineData("exit 3")]
    [InlineData("echo nonsense")]
    [InlineData("read line")]
    public async Task A_process_that_gives_no_times_costs_the_estimate_and_nothing_else(string program) =>
        Assert.Empty(await Of(program).MeasureAsync([Request], jobs: 1, TimeSpan.FromMinutes(1)));

    [Fact]
    public async Task What_was_answered_until_the_limit_counts()
    {
        var calibration = Of("""read line; echo '{"SecondsPerToken":1,"SecondsPerUpdate":2}'; sleep 600""");

        var times = await calibration.MeasureAsync([Request, Request], jobs: 1, TimeSpan.FromSeconds(1));

        Assert.Equal([new StepTimes(1, 2)], times);
    }

    private static Calibration Of(string program) => new(["/bin/sh", "-c", program]);
}
