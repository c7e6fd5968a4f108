using System.Collections.Concurrent;

namespace ReLoRA.Results.Tables;

/// <summary>The keys of one kind of record that some table has a column for. What stands under others is kept as JSON.</summary>
internal sealed class KnownKeys
{
    private static readonly ConcurrentDictionary<string, KnownKeys> Kinds = new(StringComparer.Ordinal);

    private readonly ILookup<(ColumnLevel, string), ColumnType> columns;
    private readonly HashSet<string> arrays;
    private readonly HashSet<string> vectors;

    private KnownKeys(string kind)
    {
        var tables = LogTables.OfKind(kind);
        columns = tables
            .SelectMany(table => table.Columns)
            .Where(column => column.Key.Length > 0)
            .ToLookup(column => (column.Level, column.Key), column => column.Type);
        arrays = [.. tables.Select(table => table.Expansion.Array), "kind", "measured"];
        vectors = [.. tables.SelectMany(table => table.Expansion.Vectors)];
    }

    /// <summary>Those of a kind.</summary>
    public static KnownKeys OfKind(string kind) => Kinds.GetOrAdd(kind, static kind => new KnownKeys(kind));

    /// <summary>The rest of a record as JSON; null where there is none.</summary>
    public string? OtherOfRecord(RowSource row)
    {
        var other = Rest(row.Record, ColumnLevel.Record, arrays);
        if (Rest(row.Measured, ColumnLevel.Measured, []) is { } measured)
            (other ??= []).Add("measured", measured);
        return other is null ? null : LogJson.Write(other);
    }

    /// <summary>The rest of one of its parts as JSON; null where there is none.</summary>
    public string? OtherOfPart(RowSource row) =>
        Rest(row.Part!, ColumnLevel.Part, vectors) is { } other ? LogJson.Write(other) : null;

    private Dictionary<string, object?>? Rest(
        IReadOnlyDictionary<string, object?> map,
        ColumnLevel level,
        HashSet<string> structure
    )
    {
        Dictionary<string, object?>? rest = null;
        foreach (var (key, value) in map)
        {
            if (!structure.Contains(key) && !IsTold(level, key, value))
                (rest ??= new Dictionary<string, object?>(StringComparer.Ordinal)).Add(key, value);
        }
        return rest;
    }

    // A value that its column cannot hold is told here, so that nothing is lost.
    private bool IsTold(ColumnLevel level, string key, object? value)
    {
        foreach (var type in columns[(level, key)])
        {
            if (FieldValue.Convert(value, type) is not null)
                return true;
        }
        return false;
    }
}
