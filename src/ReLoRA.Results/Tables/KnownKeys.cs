using System.Collections.Concurrent;

namespace ReLoRA.Results.Tables;

/// <summary>The keys of one kind of record that some table has a column for. What stands under others is kept as JSON.</summary>
internal sealed class KnownKeys
{
    private static readonly HashSet<string> Nothing = [];
    private static readonly ConcurrentDictionary<string, KnownKeys> Kinds = new(StringComparer.Ordinal);

    private readonly Dictionary<string, ColumnType[]> ofRecord;
    private readonly Dictionary<string, ColumnType[]> ofMeasured;
    private readonly Dictionary<string, ColumnType[]> ofPart;
    private readonly HashSet<string> arrays;
    private readonly HashSet<string> vectors;

    private KnownKeys(string kind)
    {
        var tables = LogTables.OfKind(kind);
        var columns = tables.SelectMany(table => table.Columns).ToList();
        ofRecord = Types(columns, ColumnLevel.Record);
        ofMeasured = Types(columns, ColumnLevel.Measured);
        ofPart = Types(columns, ColumnLevel.Part);
        arrays = [.. tables.Select(table => table.Expansion.Array), "kind", "measured"];
        vectors = [.. tables.SelectMany(table => table.Expansion.Vectors)];
    }

    /// <summary>Those of a kind.</summary>
    public static KnownKeys OfKind(string kind) => Kinds.GetOrAdd(kind, static kind => new KnownKeys(kind));

    /// <summary>The rest of a record as JSON; null where there is none.</summary>
    public string? OtherOfRecord(RowSource row)
    {
        var other = Rest(row.Record, ofRecord, arrays);
        if (Rest(row.Measured, ofMeasured, Nothing) is { } measured)
            (other ??= []).Add("measured", measured);
        return other is null ? null : LogJson.Write(other);
    }

    /// <summary>The rest of one of its parts as JSON; null where there is none.</summary>
    public string? OtherOfPart(RowSource row) =>
        Rest(row.Part!, ofPart, vectors) is { } other ? LogJson.Write(other) : null;

    private static Dictionary<string, ColumnType[]> Types(IEnumerable<Column> columns, ColumnLevel level) =>
        columns
            .Where(column => column.Level == level)
            .GroupBy(column => column.Key, column => column.Type)
            .ToDictionary(key => key.Key, key => key.Distinct().ToArray(), StringComparer.Ordinal);

    private static Dictionary<string, object?>? Rest(
        IReadOnlyDictionary<string, object?> map,
        Dictionary<string, ColumnType[]> known,
        HashSet<string> structure
    )
    {
        Dictionary<string, object?>? rest = null;
        foreach (var (key, value) in map)
        {
            if (!structure.Contains(key) && !IsTold(known, key, value))
                (rest ??= new Dictionary<string, object?>(StringComparer.Ordinal)).Add(key, value);
        }
        return rest;
    }

    // A value that its column cannot hold is told here, so that nothing is lost.
    private static bool IsTold(Dictionary<string, ColumnType[]> known, string key, object? value)
    {
        if (!known.TryGetValue(key, out var types))
            return false;
        foreach (var type in types)
        {
            if (FieldValue.Convert(value, type) is not null)
                return true;
        }
        return false;
    }
}
