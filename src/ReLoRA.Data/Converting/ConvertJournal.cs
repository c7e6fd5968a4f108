using System.Text;
using System.Text.Json;

namespace ReLoRA.Data.Converting;

/// <summary>
/// Which files of an unfinished conversion are complete: the plan on the first line, then a line for each of them. A last line without
/// its end was being written when the process was killed, and does not count.
/// </summary>
internal sealed class ConvertJournal : IDisposable
{
    public const string FileName = "convert.journal";

    private readonly string _path;
    private readonly FileStream _file;
    private readonly Lock _lock = new();

    private ConvertJournal(string path, FileStream file, IReadOnlyList<ConvertedFile> done) =>
        (_path, _file, Done) = (path, file, done);

    /// <summary>What earlier sittings completed.</summary>
    public IReadOnlyList<ConvertedFile> Done { get; }

    /// <summary>Opens the journal of a folder, or begins it. No other process can have it open.</summary>
    /// <exception cref="DataException">It is of another plan (<see cref="DataFault.Mismatch"/>), or another process has it open.</exception>
    public static ConvertJournal Open(string folder, ConvertPlan plan)
    {
        var path = Path.Combine(folder, FileName);
        var file = DataFiles.Guard(
            path,
            "journal (is another conversion writing to this folder?)",
            () => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
        );
        try
        {
            var (lines, end) = DataFiles.Guard(path, "journal", () => WholeLines(file));
            // A conversion that completed nothing is no loss: what stopped it may be what its options are corrected for.
            if (lines.Count == 1 && lines[0] != plan.Line())
                (lines, end) = ([], 0);
            if (lines.Count > 1 && lines[0] != plan.Line())
                throw new DataException(
                    DataFault.Mismatch,
                    $"{folder}: a conversion of other files or with other options was interrupted here. Give the same inputs and "
                        + "options to go on, another folder, or --force to begin anew."
                );
            file.SetLength(end);
            file.Seek(end, SeekOrigin.Begin);
            var done = lines.Skip(1).Select(Parse).OfType<ConvertedFile>().ToList();
            var journal = new ConvertJournal(path, file, done);
            if (lines.Count == 0)
                journal.Write(plan.Line());
            return journal;
        }
        catch (DataException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Notes that a file is complete. Safe for use by several threads.</summary>
    public void Add(ConvertedFile converted) => Write(JsonSerializer.Serialize(converted));

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Removes the journal: the conversion is complete.</summary>
    public void Delete()
    {
        Dispose();
        File.Delete(_path);
    }

    private static (List<string> Lines, long End) WholeLines(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, end));
        return ([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)], end);
    }

    private static ConvertedFile? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<ConvertedFile>(line);
        }
        catch (JsonException)
        {
            // A damaged line costs the conversion of one file again.
            return null;
        }
    }

    private void Write(string line)
    {
        lock (_lock)
        {
            DataFiles.Guard(
                _path,
                "journal",
                () =>
                {
                    _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
                    _file.Flush(flushToDisk: true);
                }
            );
        }
    }
}
