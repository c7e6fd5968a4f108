using ReLoRA.Core.Training;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Training;

public sealed class HeartbeatTests : IDisposable
{
    private static readonly DateTime Long = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder folder = new();
    private readonly StopSignal stop = new();
    private TimeSpan used;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_process_that_computes_is_alive_however_long_a_step_takes() =>
        Assert.True(Beats(() => used += Heartbeat.Interval / 2));

    [Fact]
    public void A_run_that_looks_whether_to_stop_is_alive_while_it_waits_for_rows() =>
        Assert.True(Beats(() => _ = stop.IsRequested));

    [Fact]
    public void A_process_that_does_neither_is_not() => Assert.False(Beats(() => used += Heartbeat.Interval / 200));

    private bool Beats(Action live)
    {
        var path = folder.File("heartbeat");
        using var heart = new Heartbeat(path, stop, TimeProvider.System, () => used);
        heart.Beat();
        File.SetLastWriteTimeUtc(path, Long);
        live();
        heart.Beat();
        return File.GetLastWriteTimeUtc(path) != Long;
    }
}
