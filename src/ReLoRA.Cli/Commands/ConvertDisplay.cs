using System.Globalization;
using ReLoRA.Data.Converting;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>
/// Progress of a conversion on standard error: files, tokens a second, time left. One line that is rewritten on a terminal, else a line
/// every half minute.
/// </summary>
internal sealed class ConvertDisplay(TextWriter error, bool isTerminal, TimeProvider clock, string what) : IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InLog = TimeSpan.FromSeconds(30);

    private readonly long _start = clock.GetTimestamp();
    private readonly Lock _lock = new();
    private long _last = clock.GetTimestamp();
    private int _width;

    /// <summary>Progress on this process's standard error.</summary>
    public static ConvertDisplay OnStandardError(string what) =>
        new(Console.Error, !Console.IsErrorRedirected, TimeProvider.System, what);

    /// <summary>Shows where the work is, now and then. Safe for use by several threads.</summary>
    public void Report(ConvertProgress state)
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

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (isTerminal && _width > 0)
            error.Write($"\r{new string(' ', _width)}\r");
        _width = 0;
    }

    private string Line(ConvertProgress state, TimeSpan elapsed)
    {
        var rate = state.Tokens / Math.Max(elapsed.TotalSeconds, 1e-3);
        var left = state.TokensInAll - state.TokensBefore - state.Tokens;
        var time = left > 0 && rate > 0 ? $", {RunText.Duration(Math.Ceiling(left / rate))} left" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {state.FilesDone:N0} of {state.Files:N0} files, {state.TokensBefore + state.Tokens:N0} tokens, {rate / 1e6:F1} M tokens/s{time}"
        );
    }
}
