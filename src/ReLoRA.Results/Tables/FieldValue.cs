namespace ReLoRA.Results.Tables;

/// <summary>A record's value as that of a typed column.</summary>
internal static class FieldValue
{
    /// <summary>The value under a key; null where the key is missing or holds something else.</summary>
    public static object? Of(IReadOnlyDictionary<string, object?> map, string key, ColumnType type) =>
        map.TryGetValue(key, out var value) ? Convert(value, type) : null;

    /// <summary>The value as the column has it; null where it is of another type.</summary>
    public static object? Convert(object? value, ColumnType type) =>
        (type, value) switch
        {
            (ColumnType.Integer, long) => value,
            (ColumnType.Number, double) => value,
            // Writers in other languages may store a whole number as an integer.
            (ColumnType.Number, long number) => (double)number,
            (ColumnType.Number, ulong number) => (double)number,
            (ColumnType.Flag, bool) => value,
            (ColumnType.Text, string) => value,
            _ => null,
        };
}
