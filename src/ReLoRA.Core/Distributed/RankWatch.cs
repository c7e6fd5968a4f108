using System.Globalization;
using ReLoRA.Core.Native;
using ReLoRA.Core.Training;
using ReLoRA.Results.Runs;

namespace ReLoRA.Core.Distributed;

/// <summary>
/// Watches that the processes of a run get on. Each shows the others a file of its own: one that computes counts on in it, one that waits for the others
/// writes so. Where no process gets on for too long, the first that notices says which are stuck and ends itself, on
/// which the launcher ends the others.
/// </summary>
internal sealed class RankWatch : IDisposable
{
    private readonly string path;
    private readonly StopSignal stop;
    private readonly CellFence? fence;
    private readonly TimeProvider clock;
    private readonly RankTeam team;
    private readonly Action<string> end;
    private readonly LifeSigns signs;
    private readonly RankBeat[] beats;
    private readonly Lock gate = new();
    private readonly ITimer timer;
    private long completed;
    private TimeSpan still;
    private int stillLooks;
    private long looked;
    private bool isDisposed;

    /// <summary>Begins to watch.</summary>
    /// <param name="path">The run's own sign of life, which the first process renews while any gets on.</param>
    /// <param name="stop">Looked at by a run that gets on.</param>
    /// <param name="clock">For the beats.</param>
    /// <param name="team">The processes.</param>
    /// <param name="fence">Where it tells that the run was replaced, it is stopped and the run's sign of life is its successor's. Default: null, nothing does.</param>
    public RankWatch(string path, StopSignal stop, TimeProvider clock, RankTeam team, CellFence? fence = null)
        : this(path, stop, clock, team, () => Environment.CpuUsage.TotalTime, End, fence) { }

    internal RankWatch(
        string path,
        StopSignal stop,
        TimeProvider clock,
        RankTeam team,
        Func<TimeSpan> processorTime,
        Action<string> end,
        CellFence? fence = null
    )
    {
        (this.path, this.stop, this.clock, this.team) = (path, stop, clock, team);
        (this.end, this.fence) = (end, fence);
        signs = new LifeSigns(stop, processorTime);
        beats = [.. Enumerable.Range(0, team.Collective.Size).Select(rank => new RankBeat(path, rank))];
        Own.Begin();
        if (team.Leads)
        {
            RankBeat.Forget(path, team.Collective.Size);
            File.WriteAllBytes(path, []);
        }
        looked = clock.GetTimestamp();
        timer = clock.CreateTimer(_ => Look(), null, Heartbeat.Interval, Heartbeat.Interval);
    }

    private RankBeat Own => beats[team.Collective.Rank];

    /// <summary>Shows whether this process gets on, and looks whether any does.</summary>
    internal void Look()
    {
        lock (gate)
        {
            if (isDisposed)
                return;
            ShowOwn();
            var isAlive = false;
            foreach (var beat in beats)
                isAlive |= beat.HasGotOn();
            // A machine that slept, or a run that was stopped for a while, has not watched in the meantime.
            var passed = clock.GetElapsedTime(looked);
            looked = clock.GetTimestamp();
            still = isAlive ? TimeSpan.Zero : still + (passed < 2 * Heartbeat.Interval ? passed : Heartbeat.Interval);
            stillLooks = isAlive ? 0 : stillLooks + 1;
            if (isAlive && team.Leads && Heartbeat.IsMine(fence, stop))
                Heartbeat.Renew(path, clock);
            if (still >= team.HangAfter)
                end(Text());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            isDisposed = true;
            Own.End();
        }
    }

    private void ShowOwn()
    {
        var (now, isWaiting) = (team.Collective.Completed, team.Collective.IsWaiting);
        var isComputing = signs.Look();
        var gotOn = now != completed || (isComputing && !isWaiting);
        completed = now;
        Own.Show(gotOn, isWaiting);
    }

    private string Text()
    {
        var stuck = beats.Where(beat => !beat.Waits(stillLooks)).Select(beat => beat.Who());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"error: no process of this run has got on for {still.TotalSeconds:0} seconds (--hang-after); stuck: {string.Join(", ", stuck.DefaultIfEmpty("all of them, each waiting for another"))}. The run is ended, and goes on from its last checkpoint when it is run again."
        );
    }

    /// <summary>Without MPI's leave: its calls belong to the thread that hangs.</summary>
    private static void End(string text)
    {
        Console.Error.WriteLine(text);
        ProcessEnd.Now(RankTeam.StuckCode);
    }
}
