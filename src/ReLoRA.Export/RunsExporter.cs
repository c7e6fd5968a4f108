using System.Text.Json;
using ReLoRA.Results.Runs;
using ReLoRA.Results.Tables;

namespace ReLoRA.Export;

/// <summary>Writes the logs of cells as tables. One log is in memory at a time; the folder appears when all of it is written.</summary>
public sealed class RunsExporter
{
    private static readonly Dictionary<string, string> LeftOut = new()
    {
        [LogTables.LeftOut] = "checksums: they tell of the file and nothing of the run",
    };

    private readonly ExportOptions options;
    private readonly List<ExportProblem> problems;
    private readonly List<ExportedTable> written = [];
    private readonly DataDictionary dictionary = new();
    private readonly CellsTable cells;

    private RunsExporter(ExportOptions options)
    {
        this.options = options;
        problems = [.. options.Problems];
        cells = new CellsTable(options.Knob);
    }

    /// <summary>Exports.</summary>
    /// <param name="options">What, and where to.</param>
    /// <param name="progress">Called after each cell.</param>
    /// <param name="stop">Stops it; nothing is left then.</param>
    /// <returns>What was written, and what a reader should know.</returns>
    /// <exception cref="RunFileException">The output is a folder of other things.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ExportResult Export(ExportOptions options, Action<ExportProgress> progress, CancellationToken stop) =>
        new RunsExporter(options).Export(progress, stop);

    private ExportResult Export(Action<ExportProgress> progress, CancellationToken stop)
    {
        using var folder = new ExportFolder(options.Output);
        var ids = Ids();
        using (var logs = new LogTableFiles(folder.Working, options.Format, IsChosen))
        {
            for (var at = 0; at < ids.Count; at++)
            {
                stop.ThrowIfCancellationRequested();
                Add(ids[at], logs, stop);
                progress(new ExportProgress(at + 1, ids.Count, logs.Rows));
            }
            logs.Complete();
            Write(folder.Working, ExportTables.Cells, "run", "one cell of one sweep", cells.Columns(), cells.Rows());
            foreach (var (table, file) in logs.All)
                Tell(file, table.Name, table.Kind, table.Meaning, table.Columns);
        }
        Write(
            folder.Working,
            ExportTables.Problems,
            "",
            "one thing that a reader should know",
            ExportProblem.Columns,
            problems.Select(problem => problem.Row())
        );
        dictionary.Write(folder.Working);
        var result = new ExportResult
        {
            Folder = Path.GetFullPath(options.Output),
            Format = options.Format,
            Sweeps = [.. options.Sweeps.Select(sweep => sweep.Name)],
            Cells = ids.Count,
            Tables = written,
            Problems = problems,
            LeftOut = LeftOut,
        };
        File.WriteAllText(
            Path.Combine(folder.Working, ExportResult.FileName),
            JsonSerializer.Serialize(result, ExportJson.Options) + "\n"
        );
        stop.ThrowIfCancellationRequested();
        folder.Complete();
        return result;
    }

    private bool IsChosen(string table) => options.Tables.Count == 0 || options.Tables.Contains(table);

    /// <summary>The cells, each once: those of the plans in their order, then the others by id.</summary>
    private List<string> Ids() =>
        [
            .. options
                .Sweeps.SelectMany(sweep => sweep.Cells)
                .Select(cell => cell.Id)
                .Concat(options.WithOtherCells ? options.Runs.Cells().Select(cell => cell.Id) : [])
                .Distinct(StringComparer.Ordinal),
        ];

    private void Add(string id, LogTableFiles logs, CancellationToken stop)
    {
        var log = CellLog.Read(options.Runs, id);
        problems.AddRange(log.Problems);
        if (log.Log is { } records)
            problems.AddRange(logs.Add(id, records, stop));
        var facts = CellFacts.Of(log, out var problem);
        if (problem is not null)
            problems.Add(problem);
        var planned = options
            .Sweeps.SelectMany(sweep => sweep.Cells.Where(cell => cell.Id == id).Select(cell => (sweep.Name, cell)))
            .ToList();
        foreach (var (sweep, cell) in planned)
            cells.Add(sweep, cell, facts);
        if (planned.Count == 0)
            cells.Add(null, null, facts);
    }

    private void Write(
        string folder,
        string name,
        string kind,
        string meaning,
        IReadOnlyList<Column> columns,
        IEnumerable<object?[]> rows
    )
    {
        if (!IsChosen(name))
            return;
        using var file = new TableFile(folder, options.Format, name, columns);
        foreach (var row in rows)
            file.Add(row);
        file.Complete();
        Tell(file, name, kind, meaning, columns);
    }

    private void Tell(TableFile file, string name, string kind, string meaning, IReadOnlyList<Column> columns)
    {
        written.Add(new ExportedTable(name, file.Name, file.Rows, meaning));
        dictionary.Add(name, kind, columns);
    }
}
