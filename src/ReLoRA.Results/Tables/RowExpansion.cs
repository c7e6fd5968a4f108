namespace ReLoRA.Results.Tables;

/// <summary>Which rows a record makes.</summary>
/// <param name="Array">The record's array that has a row for each of its maps; empty where the record is one row.</param>
/// <param name="Vectors">Keys of those maps that hold what has a row for each place.</param>
/// <param name="Of">The rows.</param>
internal sealed record RowExpansion(
    string Array,
    IReadOnlyList<string> Vectors,
    Func<RowSource, IEnumerable<RowSource>> Of
)
{
    /// <summary>The record itself.</summary>
    public static RowExpansion OfRecord { get; } = new("", [], row => [row]);

    /// <summary>Each map of one of the record's arrays.</summary>
    public static RowExpansion OfParts(string array) => new(array, [], row => Parts(row, array));

    /// <summary>Each number of an array in each of those maps.</summary>
    public static RowExpansion OfVectors(string array, string vector) =>
        new(array, [vector], row => Parts(row, array).SelectMany(part => Places(part, vector, [])));

    /// <summary>The same where the vector is a table, row by row, and a second array names its columns.</summary>
    public static RowExpansion OfTables(string array, string vector, string columns) =>
        new(
            array,
            [vector, columns],
            row => Parts(row, array).SelectMany(part => Places(part, vector, List(part.Part!, columns)))
        );

    /// <summary>Each bit of a text of hexadecimal digits, the first one highest; as many as another key says.</summary>
    public static RowExpansion OfBits(string array, string bits, string count) =>
        new(array, [], row => Parts(row, array).SelectMany(part => Bits(part, bits, count)));

    private static IEnumerable<RowSource> Parts(RowSource row, string array) =>
        List(row.Record, array).OfType<IReadOnlyDictionary<string, object?>>().Select(part => row with { Part = part });

    private static IReadOnlyList<object?> List(IReadOnlyDictionary<string, object?> map, string key) =>
        map.GetValueOrDefault(key) as IReadOnlyList<object?> ?? [];

    private static IEnumerable<RowSource> Places(RowSource part, string vector, IReadOnlyList<object?> columns)
    {
        var values = List(part.Part!, vector);
        for (var index = 0; index < values.Count; index++)
            yield return part with
            {
                Index = index,
                Element = values[index],
                ElementRow = columns.Count > 0 ? index / columns.Count : null,
                ElementColumn = columns.Count > 0 ? columns[index % columns.Count] as string : null,
            };
    }

    private static IEnumerable<RowSource> Bits(RowSource part, string bits, string count)
    {
        // What is no such text still stands whole in the table of the parts.
        if (
            part.Part!.GetValueOrDefault(bits) is not string digits
            || part.Part!.GetValueOrDefault(count) is not long wanted
            || digits.Length != 2 * ((wanted + 7) / 8)
            || !digits.All(char.IsAsciiHexDigit)
        )
            yield break;
        var bytes = Convert.FromHexString(digits);
        for (var index = 0L; index < wanted; index++)
            yield return part with
            {
                Index = index,
                Element = (bytes[index / 8] & (0x80 >> (int)(index % 8))) != 0,
            };
    }
}
