namespace ReLoRA.Cli.Commands;

/// <summary>A line on standard error about work that is under way: rewritten on a terminal, else a new one every half minute. Safe for use by several threads.</summary>
internal sealed class ProgressLine(TextWriter error, bool isTerminal, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InLog = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly long start = clock.GetTimestamp();
    private long last = clock.GetTimestamp();
    private int width;

    /// <summary>The line of this process's standard error.</summary>
    public static ProgressLine OnStandardError() => new(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);

    /// <summary>Shows the line where it is time for it.</summary>
    /// <param name="text">Makes it, given the time since the start.</param>
    public void Show(Func<TimeSpan, string> text)
    {
        lock (gate)
        {
            if (clock.GetElapsedTime(last) < (isTerminal ? OnTerminal : InLog))
                return;
            last = clock.GetTimestamp();
            var line = text(clock.GetElapsedTime(start));
            if (isTerminal)
                error.Write($"\r{line.PadRight(width)}");
            else
                error.WriteLine(line);
            width = line.Length;
        }
    }

    /// <summary>Writes a line that stays.</summary>
    public void Tell(string message)
    {
        lock (gate)
        {
            Clear();
            error.WriteLine(message);
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        lock (gate)
            Clear();
    }

    private void Clear()
    {
        if (isTerminal && width > 0)
            error.Write($"\r{new string(' ', width)}\r");
        width = 0;
    }
}
