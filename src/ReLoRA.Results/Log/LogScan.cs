using System.IO.Hashing;
using MessagePack;

namespace ReLoRA.Results.Log;

/// <summary>One pass over the bytes of a log: its entries, its damages, and the state of the checksums.</summary>
/// <remarks>
/// Checksums come first: each crc record that stands where it says closes a block, and a block whose checksum holds is read,
/// whatever stands before it. The rule is in docs/log-format.md, and the readers in other languages follow it to the letter.
/// </remarks>
internal sealed class LogScan
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<LogEntry> _entries = [];
    private readonly List<LogDamage> _damages = [];
    private readonly List<MapField> _fields = [];

    private LogScan(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    public IReadOnlyList<LogEntry> Entries => _entries;

    public IReadOnlyList<LogDamage> Damages => _damages;

    /// <summary>Bytes from the start, without a gap, covered by checksums that agree. Where there is no damage, the next checksum begins here.</summary>
    public long VerifiedLength { get; private set; }

    /// <summary>Records after the last checksum.</summary>
    public int Uncovered { get; private set; }

    public static LogScan Run(ReadOnlyMemory<byte> bytes)
    {
        var scan = new LogScan(bytes);
        var marks = LogMarks.Find(bytes.Span);
        var tail = scan.ReadBlocks(marks);
        if (!scan.IsShifted(marks, tail))
            scan.ReadTail(tail);
        return scan;
    }

    /// <summary>The record that bytes begin with; null where there is none.</summary>
    public static LogEntry? First(ReadOnlyMemory<byte> bytes)
    {
        var walk = new RecordWalk(bytes.Span, 0, []);
        return walk.End == WalkEnd.Whole ? Alone(bytes[..walk.Position]) : null;
    }

    /// <summary>A record that keeps its own bytes, and not those around it.</summary>
    private static LogEntry? Alone(ReadOnlyMemory<byte> record)
    {
        var scan = new LogScan(record.ToArray());
        return scan.Read(0, record.Length) is null ? scan._entries[0] : null;
    }

    /// <summary>The last record apart from checksums of a log's last block and what follows; null where that alone cannot tell.</summary>
    /// <param name="bytes">The block, which holds, and all that follows.</param>
    /// <param name="mark">Where the block's checksum begins.</param>
    public static LogEntry? Last(ReadOnlyMemory<byte> bytes, int mark)
    {
        var scan = new LogScan(bytes);
        // Only where they begin: to read all of them for the sake of one would take longer than everything else.
        var starts = new Stack<int>();
        for (var offset = 0; offset < mark; )
        {
            scan._fields.Clear();
            var walk = new RecordWalk(bytes.Span[offset..mark], 0, scan._fields);
            if (walk.End != WalkEnd.Whole)
                return null;
            starts.Push(offset);
            offset += walk.Position;
        }
        scan.ReadTail(mark);
        if (scan._damages.Exists(damage => damage.Kind == LogDamageKind.ChecksumMismatch))
            return null;
        while (
            scan._entries.FindLast(entry => entry.Kind != CrcRecord.KindName) is null && starts.TryPop(out var start)
        )
            if (scan.Read(start, mark) is not null)
                return null;
        return scan._entries.FindLast(entry => entry.Kind != CrcRecord.KindName) is { } last
            ? Alone(bytes.Slice((int)last.Offset, (int)last.Length))
            : null;
    }

    /// <summary>Reads what checksums vouch for, and returns where the last checksum in its place stands.</summary>
    private int ReadBlocks(List<LogMark> marks)
    {
        var start = 0;
        (int From, string Message)? bad = null;
        foreach (var mark in marks.Where(mark => mark.IsInPlace))
        {
            if (mark.From == start && mark.Holds(_bytes.Span, start, mark.Offset))
            {
                Leave(bad, start);
                bad = null;
                ReadBlock(start, mark.Offset);
                if (_damages.Count == 0)
                    VerifiedLength = mark.Offset;
            }
            else
                bad ??= (start, Mismatch(mark, start));
            start = mark.Offset;
        }
        Leave(bad, start);
        return start;
    }

    private void Leave((int From, string Message)? bad, int to)
    {
        if (bad is var (from, message))
            _damages.Add(new(LogDamageKind.ChecksumMismatch, from, to, message));
    }

    private string Mismatch(LogMark mark, int start) =>
        $"the checksum at byte {mark.Offset} says {mark.Crc32:x8} for bytes {mark.From} to {mark.To}, "
        + $"found {Crc32.HashToUInt32(_bytes.Span[start..mark.Offset]):x8} for {start} to {mark.Offset}";

    /// <summary>The bytes are as they were written: what is no record was written so, and costs itself only.</summary>
    private void ReadBlock(int from, int to)
    {
        for (var offset = from; offset < to; )
        {
            if (Read(offset, to) is { } fault)
            {
                var kind = fault.Kind == LogDamageKind.TornTail ? LogDamageKind.Malformed : fault.Kind;
                var end = fault.Length > 0 ? offset + fault.Length : to;
                _damages.Add(new(kind, offset, end, fault.Message));
                offset = end;
            }
            else
                offset += (int)_entries[^1].Length;
        }
    }

    /// <summary>Whether checksums stand after the last one in its place: then nothing after that can be told.</summary>
    private bool IsShifted(List<LogMark> marks, int tail)
    {
        var first = marks.FindIndex(mark => mark.Offset > tail);
        if (first < 0)
            return false;
        var damage = new LogDamage(
            LogDamageKind.ChecksumMismatch,
            tail,
            _bytes.Length,
            $"the checksum at byte {marks[first].Offset} says that it stands at byte {marks[first].To}"
        );
        for (var i = Math.Max(first, 1); i < marks.Count; i++)
        {
            var (mark, before) = (marks[i], marks[i - 1].Offset);
            if (mark.Offset - (mark.To - mark.From) != before || !mark.Holds(_bytes.Span, before, mark.Offset))
                continue;
            var (shift, what) = (Math.Abs(mark.Offset - mark.To), mark.Offset > mark.To ? "put in" : "taken out");
            damage = damage with
            {
                Kind = LogDamageKind.Shifted,
                Message =
                    $"{shift} bytes were {what} after byte {tail}: the checksum at byte {mark.Offset} holds, but was written at byte {mark.To}",
            };
            break;
        }
        _damages.Add(damage);
        return true;
    }

    /// <summary>Nothing vouches for these: they count up to the first that is no record.</summary>
    private void ReadTail(int start)
    {
        var (covered, kept) = (start, _entries.Count);
        for (var offset = start; offset < _bytes.Length; )
        {
            if (Read(offset, _bytes.Length) is { } fault)
            {
                _damages.Add(new(fault.Kind, offset, _bytes.Length, fault.Message));
                return;
            }
            var entry = _entries[^1];
            offset += (int)entry.Length;
            if (entry.Record is not CrcRecord crc)
                Uncovered++;
            else if (entry.Offset > start || start == 0)
            {
                // Written otherwise than this library does, so that it was not found by its beginning.
                var mark = new LogMark((int)entry.Offset, crc.From, crc.To, crc.Crc32);
                if (crc.From != covered || crc.To != entry.Offset || !mark.Holds(_bytes.Span, covered, mark.Offset))
                {
                    _entries.RemoveRange(kept, _entries.Count - kept);
                    _damages.Add(new(LogDamageKind.ChecksumMismatch, covered, _bytes.Length, Mismatch(mark, covered)));
                    return;
                }
                (covered, kept, Uncovered) = (mark.Offset, _entries.Count - 1, 0);
                if (_damages.Count == 0)
                    VerifiedLength = covered;
            }
        }
    }

    /// <summary>Adds one record, or says why there is none, and how long it is where that is known.</summary>
    private (LogDamageKind Kind, int Length, string Message)? Read(int offset, int limit)
    {
        if (MessagePackCode.ToMessagePackType(_bytes.Span[offset]) != MessagePackType.Map)
        {
            var other = new RecordWalk(_bytes.Span[offset..limit], 0, _fields);
            return (
                LogDamageKind.NotAMap,
                other.End == WalkEnd.Whole ? other.Position : 0,
                $"a record must be a map, found {MessagePackCode.ToMessagePackType(_bytes.Span[offset])}"
            );
        }
        _fields.Clear();
        var bytes = _bytes[offset..limit];
        var walk = new RecordWalk(bytes.Span, 0, _fields);
        if (walk.End == WalkEnd.Torn)
            return (LogDamageKind.TornTail, 0, $"the last record has {limit - offset} bytes and no end");
        if (walk.Fault is { } found)
            return (LogDamageKind.Malformed, walk.End == WalkEnd.Whole ? walk.Position : 0, found);
        try
        {
            var record = bytes[..walk.Position];
            var (kind, typed) = RecordKinds.Read(new FieldMap(record, _fields, 0, offset));
            _entries.Add(new LogEntry(kind, record, offset, typed));
            return null;
        }
        catch (LogFormatException fault) when (fault.Fault != LogFault.UnsupportedFormat)
        {
            return (LogDamageKind.Malformed, walk.Position, fault.Message);
        }
    }
}
