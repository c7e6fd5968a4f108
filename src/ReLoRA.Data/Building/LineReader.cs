namespace ReLoRA.Data.Building;

/// <summary>Cuts a stream of bytes into lines. One buffer, which is as long as the longest line so far.</summary>
internal sealed class LineReader(Stream stream, string path, int longest = LineReader.Longest)
{
    /// <summary>The longest line, in bytes: memory has to stay bounded, whatever the input.</summary>
    public const int Longest = 1 << 28;

    private const int FirstSize = 1 << 17;

    private byte[] _buffer = new byte[FirstSize];
    private int _start;
    private int _end;

    /// <summary>The number of the line last read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The place of that line in the text, in bytes.</summary>
    public long Offset { get; private set; }

    private long _next;

    /// <summary>Reads a line with its line feed, which the last one may lack. It is valid until the next call.</summary>
    /// <exception cref="DataException">It is too long (<see cref="DataFault.Unsupported"/>).</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var known = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + known, _end - _start - known).IndexOf((byte)'\n');
            if (found >= 0)
                return Take(known + found + 1, out line);
            known = _end - _start;
            if (known > longest)
                throw new DataException(
                    DataFault.Unsupported,
                    $"{path}({Number + 1}): a line of more than {longest} bytes. Split the document, or give each a line of its own."
                );
            if (!Fill())
                return Take(known, out line);
        }
    }

    private bool Take(int length, out ReadOnlySpan<byte> line)
    {
        line = _buffer.AsSpan(_start, length);
        _start += length;
        Offset = _next;
        _next += length;
        if (length > 0)
            Number++;
        return length > 0;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, checked(_buffer.Length * 2));
        var count = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += count;
        return count > 0;
    }
}
