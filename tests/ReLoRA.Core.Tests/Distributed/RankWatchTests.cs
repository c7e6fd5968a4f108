using ReLoRA.Core.Distributed;
using ReLoRA.Core.Training;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Distributed;

public sealed class RankWatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ThreadMeeting meeting = new(2);
    private readonly SteppedClock clock = new();
    private readonly List<string> told = [];
    private readonly StopSignal stop = new();
    private CellFence? fence;
    private TimeSpan usedByFirst;
    private TimeSpan usedBySecond;

    public void Dispose()
    {
        folder.Dispose();
        meeting.Dispose();
    }

    [Fact]
    public void A_process_that_waits_for_one_that_computes_ends_nothing()
    {
        Watch(waits: true, rounds: 20, () => usedBySecond += Heartbeat.Interval);
        Assert.Empty(told);
        Assert.True(File.GetLastWriteTimeUtc(folder.File("heartbeat")) > DateTime.UnixEpoch.AddSeconds(20));
    }

    [Fact]
    public void Where_the_other_stands_still_for_too_long_it_is_named()
    {
        Watch(waits: true, rounds: 4, () => { });
        Assert.Empty(told);
        Watch(waits: true, rounds: 10, () => { });
        Assert.Contains(told, text => text.Contains("no process of this run has got on for 10 seconds (--hang-after)"));
        Assert.Contains(told, text => text.Contains("stuck: process 1 (id"));
        Assert.DoesNotContain(told, text => text.Contains("stuck: process 0"));
    }

    [Fact]
    public void Processes_that_each_wait_for_another_are_told_as_such()
    {
        Watch(waits: true, rounds: 10, () => { }, secondWaits: true);
        Assert.Contains(told, text => text.Contains("stuck: all of them, each waiting for another"));
    }

    [Fact]
    public void One_that_was_stopped_while_it_waited_is_named()
    {
        Watch(waits: true, rounds: 10, () => { }, secondWaits: true, secondLooks: 2);
        Assert.Contains(told, text => text.Contains("stuck: process 1 (id"));
        Assert.DoesNotContain(told, text => text.Contains("stuck: process 0"));
        Assert.DoesNotContain(told, text => text.Contains("waits"));
    }

    [Fact]
    public void A_run_that_was_replaced_on_another_node_is_stopped_and_leaves_the_sign_of_life_to_its_successor()
    {
        var cell = new RunsFolder(folder.Path).Cell("aaaaaaaaaaaa");
        var owner = CellOwner.Parse("17_3_0");
        fence = new CellFence(cell, owner);
        owner.Write(cell.OwnerPath);
        Watch(waits: false, rounds: 2, () => usedBySecond += Heartbeat.Interval);
        Assert.False(stop.IsRequested);
        (owner with { Restart = 1 }).Write(cell.OwnerPath);
        using (var first = Of(0, () => usedByFirst, waits: false))
        {
            var before = File.GetLastWriteTimeUtc(folder.File("heartbeat"));
            usedByFirst += Heartbeat.Interval;
            clock.Advance(Heartbeat.Interval);
            first.Look();
            Assert.Equal(before, File.GetLastWriteTimeUtc(folder.File("heartbeat")));
        }
        Assert.True(stop.IsRequested);
    }

    [Fact]
    public void Signs_of_life_of_more_processes_that_were_killed_are_taken_away()
    {
        foreach (var rank in (int[])[0, 1, 2, 3])
            File.WriteAllText(folder.File($"heartbeat.{rank}"), "");
        File.WriteAllText(folder.File("heartbeat.txt"), "");
        using (Of(0, () => usedByFirst, waits: false))
            Assert.Equal(["heartbeat", "heartbeat.0", "heartbeat.1", "heartbeat.txt"], Files());
        using (new Heartbeat(folder.File("heartbeat"), stop, clock))
            Assert.Equal(["heartbeat", "heartbeat.txt"], Files());

        IEnumerable<string?> Files() =>
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void A_file_system_that_does_not_answer_costs_no_run()
    {
        var beat = new RankBeat(folder.File(new string('x', 300)), 1);
        beat.Show(gotOn: true, isWaiting: false);
        Assert.False(beat.HasGotOn());
        beat.End();
    }

    private void Watch(bool waits, int rounds, Action live, bool secondWaits = false, int secondLooks = int.MaxValue)
    {
        using var first = Of(0, () => usedByFirst, waits);
        using var second = Of(1, () => usedBySecond, secondWaits);
        for (var round = 0; round < rounds; round++)
        {
            // A process that spins while it waits computes and does not get on.
            usedByFirst += Heartbeat.Interval;
            live();
            clock.Advance(Heartbeat.Interval);
            first.Look();
            if (round < secondLooks)
                second.Look();
        }
    }

    private RankWatch Of(int rank, Func<TimeSpan> used, bool waits) =>
        new(
            folder.File("heartbeat"),
            stop,
            clock,
            new RankTeam
            {
                Collective = new ThreadCollective(rank, meeting) { IsWaiting = waits },
                HangAfter = TimeSpan.FromSeconds(10),
            },
            used,
            told.Add,
            rank == 0 ? fence : null
        );

    /// <summary>Time that passes when it is told to; its timers never ring.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private TimeSpan now = TimeSpan.FromSeconds(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => now += time;

        public override long GetTimestamp() => now.Ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new NoTimer();
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
