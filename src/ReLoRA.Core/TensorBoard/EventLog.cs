using System.Globalization;
using ReLoRA.Results.Log;
using Tensorboard;

namespace ReLoRA.Core.TensorBoard;

/// <summary>
/// The events of a run log, for TensorBoard. A function of the log alone: what a resumed run reads back from its log makes the same events, to the
/// byte, as it made before. The time of day of a point is the run's start and the seconds that were worked since, so that pauses
/// between two sittings are none.
/// </summary>
internal sealed class EventLog
{
    private double began;
    private double worked;

    /// <summary>The event that a file begins with.</summary>
    public static Event First(double wallTime = 0) => new() { FileVersion = "brain.Event:2", WallTime = wallTime };

    /// <summary>The events of the next record.</summary>
    public IEnumerable<Event> Of(LogRecord record)
    {
        if (record is RunRecord run)
            began = Started(run);
        // The end's seconds are all of them once more.
        if (record is StepRecord or EvalRecord or PairsRecord or TaskRecord or ProbeRecord or ResetRecord)
            worked += Seconds(record);
        foreach (var scalar in EventScalars.Of(record))
        {
            var summary = new Summary();
            summary.Value.Add(new Summary.Types.Value { Tag = scalar.Tag, SimpleValue = (float)scalar.Value });
            yield return new Event
            {
                WallTime = began + worked,
                Step = scalar.Step,
                Summary = summary,
            };
        }
    }

    private static double Started(RunRecord run) =>
        run.Measured.GetValueOrDefault("started") is string text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds() / 1000.0
            : 0;

    private static double Seconds(LogRecord record) =>
        record.Measured.GetValueOrDefault("seconds") is double seconds && double.IsFinite(seconds) ? seconds : 0;
}
