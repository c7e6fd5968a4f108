using ReLoRA.Results.Log;

namespace ReLoRA.Results.Runs;

/// <summary>What became of reading a cell's log, for those who read many cells and go on where one cannot be read.</summary>
public sealed record CellLogReading
{
    private CellLogReading() { }

    /// <summary>The log; <see langword="null"/> where the cell has none yet, or none that can be read.</summary>
    public RunLog? Log { get; private init; }

    /// <summary>Why it cannot be read; <see langword="null"/> where it was, or where there is none.</summary>
    public string? Fault { get; private init; }

    /// <summary>What is wrong with its format; <see langword="null"/> where that is not what is wrong.</summary>
    public LogFormatException? Format { get; private init; }

    /// <summary>Whether the cell has no log yet.</summary>
    public bool IsMissing => Log is null && Fault is null;

    /// <summary>Reads a cell's log. An id that is no folder's name, another user's log, and a disk that fails are told, and nothing is thrown.</summary>
    /// <param name="runs">The folder of runs.</param>
    /// <param name="cell">The cell's id.</param>
    public static CellLogReading Of(RunsFolder runs, string cell)
    {
        try
        {
            var path = runs.Cell(cell).LogPath;
            return Path.Exists(path) ? new() { Log = RunLogReader.Read(path) } : new();
        }
        catch (LogFormatException fault)
        {
            return new() { Fault = fault.Message, Format = fault };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new() { Fault = fault.Message };
        }
    }
}
