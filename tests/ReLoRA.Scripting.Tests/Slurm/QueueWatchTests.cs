using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Scripting.Tests.Slurm;

public sealed class QueueWatchTests
{
    private readonly SetClock clock = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeScheduler scheduler = new();

    [Fact]
    public void However_often_one_looks_the_scheduler_is_asked_every_ten_seconds_at_most()
    {
        var watch = new QueueWatch(scheduler, clock);
        for (var second = 0; second < 21; second++)
        {
            watch.Look(["12"]);
            watch.Look(["12"]);
            clock.Pass(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(3, scheduler.Asked.Count);
    }

    [Fact]
    public void Where_nothing_was_submitted_it_is_not_asked()
    {
        Assert.True(new QueueWatch(scheduler, clock).Look([]).IsKnown);
        Assert.Empty(scheduler.Asked);
    }

    [Fact]
    public void One_that_takes_long_is_not_waited_for_and_its_answer_is_taken_when_it_comes()
    {
        using var answer = new ManualResetEventSlim();
        var slow = new SlowScheduler(answer);
        var watch = new QueueWatch(slow, clock, TimeSpan.Zero);

        Assert.Equal("It has not answered yet.", watch.Look(["12"]).Fault);
        clock.Pass(TimeSpan.FromMinutes(1));
        watch.Look(["12"]);
        answer.Set();
        SpinWait.SpinUntil(() => watch.Look(["12"]).IsKnown, TimeSpan.FromSeconds(30));

        Assert.True(watch.Look(["12"]).IsKnown);
        Assert.Equal(1, slow.Questions);
    }

    private sealed class SlowScheduler(ManualResetEventSlim answer) : IScheduler
    {
        public int Questions { get; private set; }

        public IReadOnlyList<QueuedTask> Tasks(IReadOnlyCollection<string> jobs)
        {
            Questions++;
            answer.Wait();
            return [];
        }

        public string Submit(string script) => throw new NotSupportedException();

        public void Cancel(string job, IReadOnlyCollection<int>? tasks = null) => throw new NotSupportedException();

        public void Throttle(string job, int limit) => throw new NotSupportedException();

        public void Requeue(string task) => throw new NotSupportedException();
    }
}
