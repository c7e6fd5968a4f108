using System.Collections.Concurrent;
using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Running;

/// <summary>
/// The ends of cells' logs as they were when first asked for, each read once: for a command that looks at thousands of cells several times, and
/// shows one moment.
/// </summary>
public sealed class CellEnds
{
    private readonly ConcurrentDictionary<string, RunConfig> configs = new(StringComparer.Ordinal);
    private readonly ConfigParts parts = new();
    private readonly ConcurrentDictionary<string, LogEnds?> known = new(StringComparer.Ordinal);

    /// <summary>The ends of a cell's log; null where there is none.</summary>
    /// <param name="folder">The cell's folder.</param>
    /// <exception cref="LogFormatException">The log is of another version of the format.</exception>
    public LogEnds? Of(CellFolder folder) => known.GetOrAdd(folder.Path, static (_, cell) => Read(cell), folder);

    /// <summary>The same, as they are now.</summary>
    /// <param name="folder">The cell's folder.</param>
    /// <exception cref="LogFormatException">The log is of another version of the format.</exception>
    public static LogEnds? Read(CellFolder folder) => File.Exists(folder.LogPath) ? LogEnds.Read(folder.LogPath) : null;

    /// <summary>Reads a configuration; most are asked for twice, as <c>cell.json</c> and the log have them.</summary>
    /// <param name="text">Canonical JSON.</param>
    /// <exception cref="FormatException">The text is none of this version.</exception>
    public RunConfig Config(string text) => configs.GetOrAdd(text.TrimEnd(), read => ConfigJson.Read(read, parts));
}
