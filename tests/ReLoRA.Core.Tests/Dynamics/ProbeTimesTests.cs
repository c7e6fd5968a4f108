using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;
using ReLoRA.Core.Optimization;

namespace ReLoRA.Core.Tests.Dynamics;

public sealed class ProbeTimesTests
{
    // Resets after steps 21, 31, ... 91: every 10, one late, past a warm-up of 12.
    private static readonly RunConfig Config = new()
    {
        Budget = new() { Steps = 100 },
        LowRank = new()
        {
            Method = LowRankMethod.ReLoRA,
            ResetEvery = 10,
            Semantics = ResetSemantics.Exact with { Offset = 1 },
        },
        Schedule = new() { WarmupSteps = 12, RestartWarmupSteps = 3 },
    };

    [Fact]
    public void Steps_of_a_list_and_of_a_period_are_measured_besides_the_first_and_the_last()
    {
        Assert.Equal([0, 100], Steps(new ProbeConfig(), "step"));
        Assert.Equal([0, 3, 7, 40, 80, 100], Steps(new ProbeConfig { Every = 40, At = [7, 3] }, "step"));
        Assert.Equal(["step"], ProbeTimes.After(Config, new ProbeConfig(), 57, isLast: true));
    }

    [Fact]
    public void A_decade_has_as_many_steps_as_asked_for_on_an_even_logarithmic_scale()
    {
        Assert.Equal([0, 1, 10, 100], Steps(new ProbeConfig { PerDecade = 1 }, "step"));
        Assert.Equal([0, 1, 2, 5, 10, 22, 46, 100], Steps(new ProbeConfig { PerDecade = 3 }, "step"));
    }

    [Fact]
    public void Steps_after_resets_are_counted_from_each_of_them()
    {
        var probe = new ProbeConfig { AfterResets = [1, 4] };
        Assert.Equal([22, 32, 42, 52, 62, 72, 82, 92], Steps(probe, "after_reset+1"));
        Assert.Equal([25, 35, 45, 55, 65, 75, 85, 95], Steps(probe, "after_reset+4"));
    }

    [Fact]
    public void The_rate_is_up_again_where_the_next_update_has_nothing_left_of_the_warm_up()
    {
        var steps = Steps(new ProbeConfig { WhenRewarmed = true }, "rewarmed");
        Assert.Equal([23, 33, 43, 53, 63, 73, 83, 93], steps);
        var schedule = new LearningRateSchedule(Config);
        Assert.All(steps, step => Assert.True(schedule.Multiplier(step - 1) < schedule.Multiplier(step)));
        Assert.All(steps, step => Assert.True(schedule.Multiplier(step + 1) < schedule.Multiplier(step)));
    }

    [Fact]
    public void A_run_without_resets_has_no_moments_of_resets()
    {
        var full = Config with { LowRank = new() };
        var probe = new ProbeConfig { AfterResets = [1], WhenRewarmed = true };
        Assert.All(Enumerable.Range(1, 99), step => Assert.Empty(ProbeTimes.After(full, probe, step)));
    }

    private static IEnumerable<int> Steps(ProbeConfig probe, string moment) =>
        Enumerable.Range(0, 101).Where(step => ProbeTimes.After(Config, probe, step).Contains(moment));
}
