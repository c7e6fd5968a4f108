using System.Text.Json;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Results.Tables;

namespace ReLoRA.Export.Tests.Support;

/// <summary>The table of cells as the plans and logs give it, without the exporter's own code. Its columns, and where their values stand in a log, are those of the export's dictionary.</summary>
internal static class ExpectedCells
{
    private const string Knob = "config: ";

    public static ExpectedTable Of(ExportOptions export)
    {
        var columns = Columns(export.Output);
        var planned = export.Sweeps.SelectMany(sweep => sweep.Cells.Select(cell => (sweep.Name, Cell: cell))).ToList();
        // A cell's rows stand together, cells of plans first.
        var ids = planned
            .Select(one => one.Cell.Id)
            .Concat(export.Runs.Cells().Select(cell => cell.Id))
            .Distinct()
            .ToList();
        var rows = ids.SelectMany(id =>
        {
            var log = RunLogReader.Read(export.Runs.Cell(id).LogPath);
            return planned
                .Where(one => one.Cell.Id == id)
                .Select(one => Row(columns, id, log, one.Name, one.Cell))
                .DefaultIfEmpty(Row(columns, id, log, null, null));
        });
        return new ExpectedTable(ExportTables.Cells, columns, [.. rows]);
    }

    private static object?[] Row(List<Column> columns, string id, RunLog log, string? sweep, SweepCell? cell)
    {
        var run = log.Entries.First(entry => entry.Kind == "run").Map;
        var end = log.IsFinished ? log.Entries.Last(entry => entry.Kind == "end").Map : null;
        using var config = JsonDocument.Parse((string)run["config"]!);
        var last = log.Records<StepRecord>().Last();
        return
        [
            .. columns.Select<Column, object?>(column =>
                column.Name switch
                {
                    "sweep" => sweep,
                    "cell" => id,
                    "label" => cell?.Label,
                    "arm" => cell?.Arm,
                    "seed" => run["seed"],
                    "baseline" => cell?.Baseline is { Length: > 0 } baseline ? baseline : null,
                    "state" => end?["outcome"] ?? "unfinished",
                    "last_step" => last.Step,
                    "last_tokens" => last.Tokens,
                    "records" => log.Entries.LongCount(entry => entry.Kind != "crc"),
                    "damage" => log.Damages.Count > 0 ? string.Join("; ", log.Damages) : null,
                    "run_other" or "end_other" => null,
                    _ when column.Source.StartsWith(Knob, StringComparison.Ordinal) => Value(
                        config.RootElement,
                        column.Source[Knob.Length..],
                        column.Type
                    ),
                    _ => Value(
                        column.Name.StartsWith("end_", StringComparison.Ordinal) ? end : run,
                        column.Source,
                        column.Type
                    ),
                }
            ),
        ];
    }

    private static object? Value(IReadOnlyDictionary<string, object?>? record, string source, ColumnType type)
    {
        const string Measured = "measured.";
        if (record is null)
            return null;
        var value = source.StartsWith(Measured, StringComparison.Ordinal)
            ? (record.GetValueOrDefault("measured") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(
                source[Measured.Length..]
            )
            : record.GetValueOrDefault(source);
        return (type, value) switch
        {
            (_, null) => null,
            (ColumnType.Integer, _) => Convert.ToInt64(value, null),
            (ColumnType.Number, _) => Convert.ToDouble(value, null),
            _ => value,
        };
    }

    private static object? Value(JsonElement node, string path, ColumnType type)
    {
        foreach (var name in path.Split('.'))
        {
            if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty(name, out node))
                return null;
        }
        return (type, node.ValueKind) switch
        {
            (_, JsonValueKind.Null) => null,
            (ColumnType.Integer, _) => node.GetInt64(),
            (ColumnType.Number, _) => node.GetDouble(),
            (ColumnType.Flag, _) => node.GetBoolean(),
            (_, JsonValueKind.String) => node.GetString(),
            _ => node.GetRawText(),
        };
    }

    private static List<Column> Columns(string output)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "columns.json")));
        return
        [
            .. json
                .RootElement.EnumerateArray()
                .Where(column => column.GetProperty("table").GetString() == ExportTables.Cells)
                .Select(column => new Column(
                    column.GetProperty("column").GetString()!,
                    column.GetProperty("type").GetString() switch
                    {
                        "integer" => ColumnType.Integer,
                        "number" => ColumnType.Number,
                        "boolean" => ColumnType.Flag,
                        _ => ColumnType.Text,
                    },
                    "",
                    ""
                )
                {
                    Source = column.GetProperty("source").GetString() ?? "",
                }),
        ];
    }
}
