namespace ReLoRA.Results.Log;

/// <summary>One record of a run log: docs/log-format.md names every kind and key.</summary>
public abstract record LogRecord
{
    private protected LogRecord() { }

    /// <summary>What is read from clocks and meters: times in seconds, rates per second, memory in bytes.</summary>
    /// <remarks>
    /// The only part of a record that may differ between a straight and a resumed run. Values are texts, booleans,
    /// integers (<see cref="int"/>, <see cref="long"/>) or numbers (<see cref="double"/>). Default: empty.
    /// </remarks>
    public IReadOnlyDictionary<string, object> Measured { get; init; } = NothingMeasured;

    /// <summary>The value of the key <c>kind</c>.</summary>
    public abstract string Kind { get; }

    internal static IReadOnlyDictionary<string, object> NothingMeasured { get; } =
        new Dictionary<string, object>(StringComparer.Ordinal).AsReadOnly();

    internal abstract void WriteTo(MapFields fields);
}
