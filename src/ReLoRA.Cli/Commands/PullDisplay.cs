using System.Globalization;
using ReLoRA.Data.Hub;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>
/// Progress of a pull on standard error: files, bytes, bytes a second, time left. One line that is rewritten on a terminal, else a line
/// every half minute.
/// </summary>
internal sealed class PullDisplay(TextWriter error, bool isTerminal, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InLog = TimeSpan.FromSeconds(30);

    private readonly long _start = clock.GetTimestamp();
    private readonly Lock _lock = new();
    private long _last = clock.GetTimestamp();
    private int _width;

    /// <summary>Progress on this process's standard error.</summary>
    public static PullDisplay OnStandardError() => new(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);

    /// <summary>Shows where the pull is, now and then. Safe for use by several threads.</summary>
    public void Report(HubPullProgress state)
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_last) < (isTerminal ? OnTerminal : InLog))
                return;
            _last = clock.GetTimestamp();
            var line = Line(state, clock.GetElapsedTime(_start));
            if (isTerminal)
                error.Write($"\r{line.PadRight(_width)}");
            else
                error.WriteLine(line);
            _width = line.Length;
        }
    }

    /// <summary>Writes a line of its own.</summary>
    public void Tell(string message)
    {
        lock (_lock)
        {
            Clear();
            error.WriteLine(message);
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        lock (_lock)
            Clear();
    }

    private void Clear()
    {
        if (isTerminal && _width > 0)
            error.Write($"\r{new string(' ', _width)}\r");
        _width = 0;
    }

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
