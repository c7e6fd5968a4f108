using System.Text.Unicode;
using ReLoRA.Data.Building;

namespace ReLoRA.Data.Tokenizers.Lines;

/// <summary>Lines that are worked on together.</summary>
/// <param name="FirstNumber">The number of the first one, from 1.</param>
/// <param name="Lines">The lines, without their ends.</param>
internal sealed record LineBlock(long FirstNumber, IReadOnlyList<byte[]> Lines)
{
    private const int Size = 1 << 18;
    private const int MostLines = 1 << 12;

    /// <exception cref="DataException">A line is no UTF-8, or the input cannot be read.</exception>
    public static IEnumerable<LineBlock> Read(Stream input, string place)
    {
        var reader = new LineReader(input, place);
        var lines = new List<byte[]>();
        var bytes = 0;
        while (Next() is { } line)
        {
            lines.Add(line);
            bytes += line.Length;
            if (bytes < Size && lines.Count < MostLines)
                continue;
            yield return new LineBlock(reader.Number - lines.Count + 1, lines);
            (lines, bytes) = ([], 0);
        }
        if (lines.Count > 0)
            yield return new LineBlock(reader.Number - lines.Count + 1, lines);

        byte[]? Next() =>
            DataFiles.Guard(
                place,
                "input file",
                () =>
                {
                    if (!reader.TryRead(out var line))
                        return null;
                    if (Utf8.IsValid(line))
                        return line.TrimEnd("\r\n"u8).ToArray();
                    throw new DataException(
                        DataFault.Damaged,
                        $"{place}({reader.Number}): no UTF-8: {InvalidUtf8.In(line, reader.Offset)}. Convert the text to UTF-8."
                    );
                }
            );
    }
}
