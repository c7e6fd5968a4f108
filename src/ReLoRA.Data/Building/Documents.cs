using System.Text;
using System.Text.Json;

namespace ReLoRA.Data.Building;

/// <summary>Reads documents: a line of JSON with a <c>text</c> each (.jsonl, .jsonl.gz), or a whole file (.txt).</summary>
public static class Documents
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>The texts of a file in their order. Blank lines are skipped.</summary>
    /// <exception cref="DataException">The file is missing, no UTF-8, or a line is no JSON object with a string called <c>text</c>.</exception>
    public static IEnumerable<string> Read(InputFile file)
    {
        if (file.Path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase))
        {
            yield return DataFiles.Guard(
                file.Path,
                "input file",
                () => Decoded(file, () => File.ReadAllText(file.Path, Strict))
            );
            yield break;
        }
        using var reader = DataFiles.Guard(file.Path, "input file", () => Decoded(file, () => Open(file.Path)));
        for (var number = 1; NextLine(reader, file) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return Text(line, file, number);
        }
    }

    private static StreamReader Open(string path)
    {
        Stream stream = File.OpenRead(path);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            stream = new CheckedGzipStream(stream);
        return new StreamReader(stream, Strict);
    }

    private static string? NextLine(StreamReader reader, InputFile file) =>
        DataFiles.Guard(file.Path, "input file", () => Decoded(file, reader.ReadLine));

    private static T Decoded<T>(InputFile file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is DecoderFallbackException or InvalidDataException)
        {
            throw new DataException(
                DataFault.Damaged,
                $"{file.Path}: cannot be read as {(fault is InvalidDataException ? "gzip" : "UTF-8 text")}: {fault.Message} "
                    + "Fetch the file anew or convert it to UTF-8.",
                fault
            );
        }
    }

    private static string Text(string line, InputFile file, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("text", out var text)
                && text.ValueKind == JsonValueKind.String
            )
                return text.GetString() ?? "";
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw Malformed(file, number, fault.Message, fault);
        }
        throw Malformed(file, number, "found no string called \"text\"", null);
    }

    private static DataException Malformed(InputFile file, int number, string found, Exception? inner) =>
        new(
            DataFault.Damaged,
            $"{file.Path}({number}): {found}. Every line must be a JSON object such as {{\"text\": \"...\"}}.",
            inner
        );
}
