using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class LiveThrottleTests : IDisposable
{
    private readonly SubmittedFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task Every_job_of_the_sweep_that_lives_is_limited()
    {
        var plan = await fixture.PlanAsync(3);
        fixture.Submit("9", [plan.Cells[0]]);
        fixture.Submit("12", [plan.Cells[0]], [plan.Cells[1]]);
        fixture.Submit("other", "13", [plan.Cells[2]]);
        fixture
            .Scheduler.With("9", 0, "COMPLETED")
            .With("12", 0, "RUNNING")
            .With("12", 1, "PENDING", "JobArrayTaskLimit")
            .With("13", 0, "RUNNING");

        var words = LiveThrottle.Change("s", fixture.Runs, fixture.Scheduler, 2);

        Assert.Equal(["Job 12: at most 2 tasks at once from now on; 1 running, 1 waiting. What runs goes on."], words);
        Assert.Equal("throttle 12 2", fixture.Scheduler.Asked[^1]);
        Assert.DoesNotContain("throttle 13 2", fixture.Scheduler.Asked);
    }

    [Fact]
    public async Task A_sweep_that_was_never_submitted_has_nothing_to_limit()
    {
        await fixture.PlanAsync(1);
        Assert.Empty(LiveThrottle.Change("s", fixture.Runs, fixture.Scheduler, 2));
        Assert.Empty(fixture.Scheduler.Asked);
    }

    [Theory]
    [InlineData(0, "Job 12: any number of tasks at once")]
    [InlineData(1, "Job 12: at most 1 task at once")]
    public async Task The_limit_is_said(int limit, string words)
    {
        var plan = await fixture.PlanAsync(1);
        fixture.Submit("12", [plan.Cells[0]]);
        fixture.Scheduler.With("12", 0, "PENDING", "Priority");
        Assert.StartsWith(
            words,
            LiveThrottle.Change("s", fixture.Runs, fixture.Scheduler, limit)[0],
            StringComparison.Ordinal
        );
    }
}
