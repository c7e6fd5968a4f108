namespace ReLoRA.Data.Building;

/// <summary>The text of a file that may be compressed, for readers that know what its lines mean.</summary>
public static class CompressedText
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The lines that are not blank, without their ends, and their numbers from 1.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="DataException">It is missing, damaged or no UTF-8.</exception>
    public static IEnumerable<(long Number, string Line)> Lines(InputFile file)
    {
        using var text = new InputText(file);
        var reader = new LineReader(text, file.Path);
        while (reader.TryRead(out var bytes))
        {
            var line = Decode(bytes, file, reader).TrimEnd('\n').TrimEnd('\r');
            if (!string.IsNullOrWhiteSpace(line))
                yield return (reader.Number, line);
        }
    }

    /// <summary>All of it.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="DataException">It is missing, damaged or no UTF-8.</exception>
    public static string Whole(InputFile file)
    {
        using var text = new InputText(file);
        using var all = new MemoryStream();
        text.CopyTo(all);
        return InvalidUtf8.Refuse(WithoutMark(all.GetBuffer().AsSpan(0, (int)all.Length)), file.Path);
    }

    private static string Decode(ReadOnlySpan<byte> line, InputFile file, LineReader reader) =>
        System.Text.Unicode.Utf8.IsValid(line)
            ? System.Text.Encoding.UTF8.GetString(reader.Number == 1 ? WithoutMark(line) : line)
            : throw new DataException(
                DataFault.Damaged,
                $"{file.Path}({reader.Number}): no UTF-8: {InvalidUtf8.In(line, reader.Offset)} of the text. Convert the file to UTF-8."
            );

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) =>
        text.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text;
}
