using ReLoRA.Results.Tables;

namespace ReLoRA.Export;

/// <summary>Some rows of a table, column by column. Values are long, double, bool, string or null, as the column's type says.</summary>
/// <param name="columns">The table's columns.</param>
internal sealed class TableBatch(IReadOnlyList<Column> columns)
{
    private readonly List<object?>[] values = [.. columns.Select(_ => new List<object?>())];

    /// <summary>The columns.</summary>
    public IReadOnlyList<Column> Columns { get; } = columns;

    /// <summary>How many rows there are.</summary>
    public int Rows { get; private set; }

    /// <summary>Characters of all texts.</summary>
    public long Characters { get; private set; }

    /// <summary>The values of one column.</summary>
    public IReadOnlyList<object?> Of(int column) => values[column];

    /// <summary>Appends a row.</summary>
    public void Add(object?[] row)
    {
        for (var at = 0; at < values.Length; at++)
        {
            values[at].Add(row[at]);
            if (row[at] is string text)
                Characters += text.Length;
        }
        Rows++;
    }

    /// <summary>Takes all rows out.</summary>
    public void Clear()
    {
        foreach (var column in values)
            column.Clear();
        (Rows, Characters) = (0, 0);
    }
}
