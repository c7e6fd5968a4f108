namespace ReLoRA.Data.Tests.Support;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class SetClock : TimeProvider
{
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public void Advance(TimeSpan time) => ticks += time.Ticks;
}
