using System.IO.Hashing;
using MessagePack;

namespace ReLoRA.Results.Log;

/// <summary>One pass over the bytes of a log: its entries, its damage, and the state of the checksums.</summary>
internal sealed class LogScan
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<LogEntry> _entries = [];

    private LogScan(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    public IReadOnlyList<LogEntry> Entries => _entries;

    public LogDamage? Damage { get; private set; }

    /// <summary>Bytes covered by checksums that agree. The next checksum begins here.</summary>
    public long VerifiedLength { get; private set; }

    /// <summary>Records after the last checksum.</summary>
    public int Uncovered { get; private set; }

    public static LogScan Run(ReadOnlyMemory<byte> bytes)
    {
        var scan = new LogScan(bytes);
        var offset = 0;
        while (offset < bytes.Length && scan.Damage is null)
            offset += scan.ReadEntry(offset);
        return scan;
    }

    /// <summary>Reads one record and returns its length.</summary>
    private int ReadEntry(int offset)
    {
        try
        {
            var reader = new MessagePackReader(_bytes[offset..]);
            if (reader.NextMessagePackType != MessagePackType.Map)
            {
                Damage = new(
                    LogDamageKind.NotAMap,
                    offset,
                    $"a record must be a map, found {reader.NextMessagePackType}"
                );
                return 0;
            }
            var map = RawMap.Read(ref reader);
            var length = (int)reader.Consumed;
            var fields = new FieldMap(map, offset);
            var kind = fields.Text("kind");
            Add(new LogEntry(kind, map.AsReadOnly(), offset, length, RecordKinds.Read(kind, fields)));
            return length;
        }
        catch (EndOfStreamException)
        {
            Damage = new(
                LogDamageKind.TornTail,
                offset,
                $"the last record has {_bytes.Length - offset} bytes and no end"
            );
        }
        // The library casts a length past 2^31 without a check: damaged bytes, not a fault of ours.
        catch (Exception fault) when (fault is MessagePackSerializationException or ArgumentOutOfRangeException)
        {
            Damage = new(LogDamageKind.Malformed, offset, fault.Message);
        }
        catch (LogFormatException fault) when (fault.Fault != LogFault.UnsupportedFormat)
        {
            Damage = new(LogDamageKind.Malformed, offset, fault.Message);
        }
        return 0;
    }

    private void Add(LogEntry entry)
    {
        if (entry.Record is not CrcRecord crc)
        {
            _entries.Add(entry);
            Uncovered++;
            return;
        }
        var from = VerifiedLength;
        var actual = Crc32.HashToUInt32(_bytes.Span[(int)from..(int)entry.Offset]);
        if (crc.From == from && crc.To == entry.Offset && crc.Crc32 == actual)
        {
            _entries.Add(entry);
            VerifiedLength = entry.Offset;
            Uncovered = 0;
            return;
        }
        _entries.RemoveAll(earlier => earlier.Offset >= from);
        Damage = new(
            LogDamageKind.ChecksumMismatch,
            from,
            $"the checksum at byte {entry.Offset} says {crc.Crc32:x8} for bytes {crc.From} to {crc.To}, found {actual:x8} for {from} to {entry.Offset}"
        );
    }
}
