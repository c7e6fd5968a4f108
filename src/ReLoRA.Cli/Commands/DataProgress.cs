namespace ReLoRA.Cli.Commands;

/// <summary>
/// Progress on standard error: one line that is rewritten on a terminal, else a line for each stage and one every few seconds.
/// </summary>
internal sealed class DataProgress(TextWriter error, bool isTerminal, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);
    private long _last;
    private string _stage = "";
    private int _width;

    /// <summary>Progress on this process's standard error.</summary>
    public static DataProgress OnStandardError() => new(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);

    /// <summary>Reports where the work is.</summary>
    /// <param name="stage">What is being done; a change of it is always shown.</param>
    /// <param name="detail">How far it is; shown a few times a second on a terminal, else every five seconds.</param>
    public void Report(string stage, string detail = "")
    {
        var isNew = stage != _stage;
        _stage = stage;
        if (!isTerminal)
        {
            if (isNew)
                error.WriteLine(stage);
            else if (clock.GetElapsedTime(_last) >= LineInterval)
                error.WriteLine($"{stage} {detail}".TrimEnd());
            else
                return;
            _last = clock.GetTimestamp();
            return;
        }
        if (!isNew && clock.GetElapsedTime(_last) < Interval)
            return;
        _last = clock.GetTimestamp();
        var line = $"{stage} {detail}".TrimEnd();
        error.Write($"\r{line.PadRight(_width)}");
        _width = line.Length;
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        if (isTerminal && _width > 0)
            error.Write($"\r{new string(' ', _width)}\r");
    }
}
