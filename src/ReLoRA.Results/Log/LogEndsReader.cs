using Microsoft.Win32.SafeHandles;

namespace ReLoRA.Results.Log;

/// <summary>Reads the first block of a log and its last one, if their checksums hold and nothing else can be meant.</summary>
/// <param name="length">The log's length, taken once: what is appended meanwhile is for the next reader.</param>
/// <param name="read">Reads so many bytes from a place on, or as many as there are.</param>
/// <param name="head">Bytes that are looked at first for the first block; four times as many where it is longer, and so on.</param>
/// <param name="tail">The same for the last block.</param>
internal sealed class LogEndsReader(long length, Func<long, int, ReadOnlyMemory<byte>> read, int head, int tail)
{
    private const int UsualHead = 16_384;
    private const int UsualTail = 32_768;

    /// <summary>What needs more is rare, and is read whole.</summary>
    private const int Widest = 1 << 20;

    /// <summary>The ends of a file; null where only the whole log can tell.</summary>
    /// <exception cref="LogFormatException">There is no such file.</exception>
    public static LogEnds? Read(string path)
    {
        using var file = Open(path);
        return new LogEndsReader(
            RandomAccess.GetLength(file),
            (from, count) => Bytes(file, from, count),
            UsualHead,
            UsualTail
        ).Read();
    }

    /// <summary>The ends; null where only the whole log can tell.</summary>
    public LogEnds? Read()
    {
        try
        {
            return First() is { } run && Last() is { } last ? new LogEnds(run, last.Record as EndRecord) : null;
        }
        catch (LogFormatException fault) when (fault.Fault == LogFault.UnsupportedFormat)
        {
            // Who reads the whole says it, and where.
            return null;
        }
    }

    private static SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LogFormatException(LogFault.Missing, 0, $"there is no run log {path}", missing);
        }
    }

    /// <summary>The run record at the beginning of a first block whose checksum holds.</summary>
    private RunRecord? First()
    {
        for (var size = head; size <= Widest; size *= 4)
        {
            var bytes = read(0, (int)Math.Min(size, length));
            var first = LogMarks.Find(bytes.Span).Find(mark => mark.IsInPlace);
            if (first.Offset > 0)
                return first.From == 0 && first.Holds(bytes.Span, 0, first.Offset)
                    ? LogScan.First(bytes[..first.Offset])?.Record as RunRecord
                    : null;
            if (size >= length)
                return null;
        }
        return null;
    }

    /// <summary>The last record apart from checksums, of a last block whose checksum holds, or of what was appended since.</summary>
    private LogEntry? Last()
    {
        for (var size = tail; size <= Widest; size *= 4)
        {
            var start = Math.Max(0, length - size);
            var bytes = read(start, (int)(length - start));
            var marks = LogMarks.Find(bytes.Span);
            var last = marks.FindLastIndex(mark => IsInPlace(mark, start));
            if (last >= 0 && marks[last].From >= start)
                return Last(bytes, marks, last, start);
            if (size >= length)
                return null;
        }
        return null;
    }

    private static LogEntry? Last(ReadOnlyMemory<byte> bytes, List<LogMark> marks, int last, long start)
    {
        var (mark, from) = (marks[last], (int)(marks[last].From - start));
        // A block begins with the checksum before it; had that one been lost, or did another stand between, this one would vouch for nothing.
        var before = last == 0 ? -1 : marks.FindLastIndex(last - 1, last, other => IsInPlace(other, start));
        var follows = marks[last].From == 0 ? before < 0 : before >= 0 && marks[before].Offset == from;
        if (!follows || last != marks.Count - 1 || from >= mark.Offset || !mark.Holds(bytes.Span, from, mark.Offset))
            return null;
        return LogScan.Last(bytes[from..], mark.Offset - from);
    }

    private static bool IsInPlace(LogMark mark, long start) => mark.To == start + mark.Offset && mark.To > 0;

    private static ReadOnlyMemory<byte> Bytes(SafeFileHandle file, long from, int count)
    {
        var bytes = new byte[count];
        var got = 0;
        while (got < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(got), from + got) is > 0 and var more)
            got += more;
        return bytes.AsMemory(0, got);
    }
}
