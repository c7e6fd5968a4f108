using ReLoRA.Results.Log;
using ReLoRA.Results.Tables;

namespace ReLoRA.Export;

/// <summary>The files of the tables that are made of logs.</summary>
internal sealed class LogTableFiles : IDisposable
{
    private const string Other = "other";
    private const int RecordsBetweenLooks = 4096;

    private readonly Dictionary<string, (LogTable Table, TableFile File)> files = new(StringComparer.Ordinal);

    public LogTableFiles(string folder, ExportFormat format, Func<string, bool> isChosen)
    {
        try
        {
            foreach (var table in LogTables.All.Where(table => isChosen(table.Name)))
                files.Add(table.Name, (table, new TableFile(folder, format, table.Name, table.Columns)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Rows of all files.</summary>
    public long Rows => files.Values.Sum(one => one.File.Rows);

    /// <summary>The tables with their files.</summary>
    public IEnumerable<(LogTable Table, TableFile File)> All => files.Values;

    /// <summary>Adds the rows of a log.</summary>
    /// <returns>What in it this version does not know.</returns>
    public IReadOnlyList<ExportProblem> Add(string cell, RunLog log, CancellationToken stop)
    {
        var unknown = new SortedDictionary<(string Kind, string What), int>();
        for (var at = 0; at < log.Entries.Count; at++)
        {
            if (at % RecordsBetweenLooks == 0)
                stop.ThrowIfCancellationRequested();
            Add(cell, log.Entries[at], unknown);
        }
        return [.. unknown.Select(pair => Problem(cell, pair.Key, pair.Value))];
    }

    public void Complete()
    {
        foreach (var (_, file) in files.Values)
            file.Complete();
    }

    public void Dispose()
    {
        foreach (var (_, file) in files.Values)
            file.Dispose();
    }

    private void Add(string cell, LogEntry entry, SortedDictionary<(string, string), int> unknown)
    {
        foreach (var table in LogTables.OfKind(entry.Kind))
        {
            if (table.Kind.Length == 0)
                Count(unknown, ("unknown_kind", entry.Kind));
            if (!files.TryGetValue(table.Name, out var target))
                continue;
            var isOpen = table.Columns[^1].Name == Other;
            foreach (var row in table.Rows(cell, entry))
            {
                target.File.Add(row);
                if (isOpen && row[^1] is not null)
                    Count(unknown, ("unknown_key", table.Name));
            }
        }
    }

    private ExportProblem Problem(string cell, (string Kind, string What) found, int count) =>
        new(
            ExportProblem.Note,
            cell,
            found.Kind,
            null,
            FormattableString.Invariant($"{count} {Text(found.Kind, found.What)}")
        );

    private string Text(string kind, string what) =>
        kind == "unknown_key"
            ? $"rows of {what} hold keys or types that this version does not know: they are JSON in its column {Other}"
            : $"records are of the kind '{what}', which this version does not know: "
                + (
                    files.ContainsKey("other_records")
                        ? "they are JSON in other_records"
                        : "left out, since other_records was not asked for"
                );

    private static void Count(SortedDictionary<(string, string), int> counts, (string, string) what) =>
        counts[what] = counts.GetValueOrDefault(what) + 1;
}
