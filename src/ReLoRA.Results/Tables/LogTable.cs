using ReLoRA.Results.Log;

namespace ReLoRA.Results.Tables;

/// <summary>A table that records of one kind make: its columns and its rows.</summary>
public sealed class LogTable
{
    internal LogTable(
        string name,
        string kind,
        string meaning,
        IReadOnlyList<Column> columns,
        RowExpansion? rows = null
    )
    {
        (Name, Kind, Meaning, Columns) = (name, kind, meaning, columns);
        Expansion = rows ?? RowExpansion.OfRecord;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The kind of record; empty for that of all kinds that are not known.</summary>
    public string Kind { get; }

    /// <summary>What one row is.</summary>
    public string Meaning { get; }

    /// <summary>Its columns.</summary>
    public IReadOnlyList<Column> Columns { get; }

    internal RowExpansion Expansion { get; }

    /// <summary>The rows that a record makes, values in the order of the columns: long, double, bool, string or null.</summary>
    /// <param name="cell">The cell's id.</param>
    /// <param name="entry">A record of this kind, as a log was read.</param>
    public IEnumerable<object?[]> Rows(string cell, LogEntry entry)
    {
        foreach (var source in Expansion.Of(new RowSource(cell, entry)))
        {
            var row = new object?[Columns.Count];
            for (var at = 0; at < row.Length; at++)
                row[at] = Columns[at].Read(source);
            yield return row;
        }
    }
}
