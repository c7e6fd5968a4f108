namespace ReLoRA.Results.Tables;

/// <summary>Where one row's values are read.</summary>
/// <param name="Cell">The cell's id.</param>
/// <param name="Entry">The record.</param>
internal readonly record struct RowSource(string Cell, Log.LogEntry Entry)
{
    private static readonly Dictionary<string, object?> Nothing = [];

    /// <summary>Every key and value of the record.</summary>
    public IReadOnlyDictionary<string, object?> Record => Entry.Map;

    /// <summary>The record's <c>measured</c>, or an empty map.</summary>
    public IReadOnlyDictionary<string, object?> Measured =>
        Record.GetValueOrDefault("measured") as IReadOnlyDictionary<string, object?> ?? Nothing;

    /// <summary>The map of one of the record's arrays that the row is about. Default: null, it is about the record.</summary>
    public IReadOnlyDictionary<string, object?>? Part { get; init; }

    /// <summary>The place in the vector of what the row is about, from 0.</summary>
    public long Index { get; init; }

    /// <summary>The value at that place.</summary>
    public object? Element { get; init; }

    /// <summary>The row at that place, from 0, where the vector is a table; else null.</summary>
    public long? ElementRow { get; init; }

    /// <summary>The column at that place where the vector is a table; else null.</summary>
    public string? ElementColumn { get; init; }
}
