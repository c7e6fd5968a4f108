using System.Globalization;
using System.Text;

namespace ReLoRA.Data.Building;

/// <summary>The faults of single lines. These can be skipped; those of whole files cannot.</summary>
internal static class BadLines
{
    public static DataException NoUtf8(InputFile file, long number, long offset, ReadOnlySpan<byte> line)
    {
        var at = FirstInvalid(line);
        return Fault(
            file,
            number,
            string.Create(
                CultureInfo.InvariantCulture,
                $"no UTF-8: found the byte 0x{line[at]:X2} at byte {offset + at} of the text. Convert the file to UTF-8"
            ),
            null
        );
    }

    public static DataException NoDocument(InputFile file, long number, string found, Exception? inner) =>
        Fault(file, number, $"{found}. Every line must be a JSON object such as {{\"text\": \"...\"}}", inner);

    private static DataException Fault(InputFile file, long number, string found, Exception? inner) =>
        new(DataFault.Damaged, $"{file.Path}({number}): {found}, or leave such lines out by --skip-bad.", inner);

    private static int FirstInvalid(ReadOnlySpan<byte> line)
    {
        var at = 0;
        while (
            at < line.Length
            && Rune.DecodeFromUtf8(line[at..], out _, out var width) == System.Buffers.OperationStatus.Done
        )
            at += width;
        return Math.Min(at, line.Length - 1);
    }
}
