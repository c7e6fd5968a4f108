using System.Collections.ObjectModel;
using MessagePack;

namespace ReLoRA.Results.Log;

/// <summary>One record as it stands in the file, whether or not this version knows its kind.</summary>
public sealed class LogEntry
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private ReadOnlyDictionary<string, object?>? _map;

    internal LogEntry(string kind, ReadOnlyMemory<byte> bytes, long offset, LogRecord? record) =>
        (Kind, _bytes, Offset, Record) = (kind, bytes, offset, record);

    /// <summary>The value of the key <c>kind</c>.</summary>
    public string Kind { get; }

    /// <summary>
    /// Every key and value: <see cref="string"/>, <see cref="long"/> (<see cref="ulong"/> past its range), <see cref="double"/>,
    /// <see cref="bool"/>, null, byte arrays, lists and maps of these.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Map => _map ??= Read();

    /// <summary>Where the record begins, in bytes.</summary>
    public long Offset { get; }

    /// <summary>Its length in bytes.</summary>
    public long Length => _bytes.Length;

    /// <summary>The typed record, or null where the kind is not known.</summary>
    public LogRecord? Record { get; }

    private ReadOnlyDictionary<string, object?> Read()
    {
        var reader = new MessagePackReader(_bytes);
        return RawMap.Read(ref reader).AsReadOnly();
    }
}
