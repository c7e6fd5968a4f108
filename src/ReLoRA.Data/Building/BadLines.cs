namespace ReLoRA.Data.Building;

/// <summary>The faults of single lines. These can be skipped; those of whole files cannot.</summary>
internal static class BadLines
{
    public static DataException NoUtf8(InputFile file, long number, long offset, ReadOnlySpan<byte> line) =>
        Fault(file, number, $"no UTF-8: {InvalidUtf8.In(line, offset)} of the text. Convert the file to UTF-8", null);

    public static DataException NoDocument(InputFile file, long number, string found, Exception? inner) =>
        Fault(file, number, $"{found}. Every line must be a JSON object such as {{\"text\": \"...\"}}", inner);

    private static DataException Fault(InputFile file, long number, string found, Exception? inner) =>
        new(DataFault.Damaged, $"{file.Path}({number}): {found}, or leave such lines out by --skip-bad.", inner);
}
