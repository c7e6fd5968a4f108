using System.Globalization;
using ReLoRA.Data.Hub;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>Progress of a pull on standard error: files, bytes, bytes a second, time left.</summary>
internal sealed class PullDisplay(ProgressLine line) : IDisposable
{
    /// <summary>Progress on this process's standard error.</summary>
    public static PullDisplay OnStandardError() => new(ProgressLine.OnStandardError());

    /// <summary>Shows where the pull is, now and then. Safe for use by several threads.</summary>
    public void Report(HubPullProgress state) => line.Show(elapsed => Line(state, elapsed));

    /// <summary>Writes a line of its own.</summary>
    public void Tell(string message) => line.Tell(message);

    /// <summary>Clears the line.</summary>
    public void Dispose() => line.Dispose();

    private static string Line(HubPullProgress state, TimeSpan elapsed)
    {
        var rate = state.BytesNow / Math.Max(elapsed.TotalSeconds, 1e-3);
        var left = state.Bytes - state.BytesDone;
        var time = left > 0 && rate > 0 ? $", {RunText.Duration(Math.Ceiling(left / rate))} left" : "";
        var waiting = state.Waiting > 0 ? $", waiting for another process that fetches {state.Waiting} file(s)" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"pulling: {state.FilesDone:N0} of {state.Files:N0} files, {ByteText.Of(state.BytesDone)} of {ByteText.Of(state.Bytes)}, {rate / 1e6:F1} MB/s{time}{waiting}"
        );
    }
}
