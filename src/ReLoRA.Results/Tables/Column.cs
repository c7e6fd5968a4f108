namespace ReLoRA.Results.Tables;

/// <summary>One column of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Unit">Their unit; empty where they have none.</param>
/// <param name="Meaning">What they mean.</param>
public sealed record Column(string Name, ColumnType Type, string Unit, string Meaning)
{
    /// <summary>Where the values stand in a record, for example <c>measured.seconds</c> or <c>layers[].rank</c>; empty for those that are made.</summary>
    public string Source { get; init; } = "";

    /// <summary>The key under which they stand; empty for those that are made.</summary>
    internal string Key { get; init; } = "";

    /// <summary>Where that key stands.</summary>
    internal ColumnLevel Level { get; init; } = ColumnLevel.Made;

    /// <summary>Reads the value of a row; null where there is none.</summary>
    internal Func<RowSource, object?> Read { get; init; } = _ => null;

    /// <summary>The cell's id, which every table has.</summary>
    internal static Column Cell { get; } =
        new("cell", ColumnType.Text, "", "the cell's id: joins this table with cells") { Read = row => row.Cell };

    /// <summary>A key of the record.</summary>
    internal static Column Of(string key, ColumnType type, string unit, string meaning, string? name = null) =>
        new(name ?? key, type, unit, meaning)
        {
            Key = key,
            Source = key,
            Level = ColumnLevel.Record,
            Read = row => FieldValue.Of(row.Record, key, type),
        };

    /// <summary>A key of the record's <c>measured</c>; its column is named <c>measured_</c> and the key.</summary>
    internal static Column OfMeasured(string key, ColumnType type, string unit, string meaning) =>
        new($"measured_{key}", type, unit, meaning)
        {
            Key = key,
            Source = $"measured.{key}",
            Level = ColumnLevel.Measured,
            Read = row => FieldValue.Of(row.Measured, key, type),
        };

    /// <summary>A key of the maps of an array.</summary>
    internal static Column OfPart(
        string array,
        string key,
        ColumnType type,
        string unit,
        string meaning,
        string? name = null
    ) =>
        new(name ?? key, type, unit, meaning)
        {
            Key = key,
            Source = $"{array}[].{key}",
            Level = ColumnLevel.Part,
            Read = row => FieldValue.Of(row.Part!, key, type),
        };

    /// <summary>The place in a vector.</summary>
    internal static Column Index(string name, string source, string meaning) =>
        new(name, ColumnType.Integer, "", meaning) { Source = source, Read = row => row.Index };

    /// <summary>The value at that place.</summary>
    internal static Column Element(string name, ColumnType type, string unit, string source, string meaning) =>
        new(name, type, unit, meaning) { Source = source, Read = row => FieldValue.Convert(row.Element, type) };

    /// <summary>What the record holds beyond the known keys.</summary>
    internal static Column OtherOfRecord(string kind) =>
        new(
            "other",
            ColumnType.Text,
            "JSON",
            "keys of the record that this version does not know; null where there are none"
        )
        {
            Read = row => KnownKeys.OfKind(kind).OtherOfRecord(row),
        };

    /// <summary>What one of its parts holds beyond the known keys.</summary>
    internal static Column OtherOfPart(string kind) =>
        new(
            "other",
            ColumnType.Text,
            "JSON",
            "keys of this part of the record that this version does not know; null where there are none"
        )
        {
            Read = row => KnownKeys.OfKind(kind).OtherOfPart(row),
        };
}
