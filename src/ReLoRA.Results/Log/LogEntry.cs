namespace ReLoRA.Results.Log;

/// <summary>One record as it stands in the file, whether or not this version knows its kind.</summary>
/// <param name="Kind">The value of the key <c>kind</c>.</param>
/// <param name="Map">
/// Every key and value: <see cref="string"/>, <see cref="long"/> (<see cref="ulong"/> past its range), <see cref="double"/>,
/// <see cref="bool"/>, null, byte arrays, lists and maps of these.
/// </param>
/// <param name="Offset">Where the record begins, in bytes.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Record">The typed record, or null where the kind is not known.</param>
public sealed record LogEntry(
    string Kind,
    IReadOnlyDictionary<string, object?> Map,
    long Offset,
    long Length,
    LogRecord? Record
);
