namespace ReLoRA.Results.Tables;

/// <summary>Where in a record a column's values stand.</summary>
internal enum ColumnLevel
{
    /// <summary>In no record: it is made by the table.</summary>
    Made,

    /// <summary>Under a key of the record.</summary>
    Record,

    /// <summary>Under a key of the record's map <c>measured</c>.</summary>
    Measured,

    /// <summary>Under a key of each map of one of the record's arrays.</summary>
    Part,
}
