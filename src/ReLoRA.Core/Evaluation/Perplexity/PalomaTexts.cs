using System.Text.Json;
using ReLoRA.Data;
using ReLoRA.Data.Building;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>
/// Reads Paloma's layout (Magnusson et al., "Paloma: A Benchmark for Evaluating Language Model Fit", 2023): a folder a source, in it a folder a
/// split, in it JSON lines of which <c>text</c> and <c>subdomain</c> are read. The source is the folder's name.
/// </summary>
internal static class PalomaTexts
{
    private static readonly string[] Extensions = [".jsonl.gz", ".jsonl.zst", ".jsonl"];

    /// <summary>The sources below a folder, whatever splits they have.</summary>
    public static IReadOnlyList<string> Sources(string folder) =>
        [
            .. Directory
                .EnumerateDirectories(folder)
                .Where(source => Splits(source).Count > 0)
                .Select(source => Path.GetFileName(source))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The splits that a source has.</summary>
    public static IReadOnlyList<string> Splits(string source) =>
        [
            .. Directory
                .EnumerateDirectories(source)
                .Where(split => Files(split).Any())
                .Select(split => Path.GetFileName(split))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The documents of a source's split.</summary>
    /// <exception cref="DataException">A file is damaged, or a line not in the schema.</exception>
    public static IEnumerable<NamedText> Read(string folder, string source, string split) =>
        from path in Files(Path.Combine(folder, source, split))
        let file = new InputFile(path, Path.GetFileName(path))
        from line in CompressedText.Lines(file)
        select Parse(line.Line, source, $"{file.Name}:{line.Number}", $"{path}({line.Number})");

    private static IEnumerable<string> Files(string split) =>
        Directory.Exists(split)
            ? Directory
                .EnumerateFiles(split)
                .Where(file => Extensions.Any(end => file.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
                .Order(StringComparer.Ordinal)
            : [];

    private static NamedText Parse(string line, string source, string name, string place)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var text = Field(json.RootElement, "text", place) ?? throw Fault(place, "text", "is missing");
            var domain = Field(json.RootElement, "subdomain", place);
            return new NamedText(source, domain is null ? source : $"{source}/{domain}", name, place, text);
        }
        catch (JsonException fault)
        {
            throw new DataException(
                DataFault.Damaged,
                $"{place}: no JSON ({fault.Message}); allowed: one object a line, with a string called \"text\". Correct the line.",
                fault
            );
        }
    }

    private static string? Field(JsonElement line, string name, string place)
    {
        if (line.ValueKind != JsonValueKind.Object)
            throw Fault(place, name, "is missing, since the line is no object");
        if (!line.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String ? JsonText.Of(value) : throw Fault(place, name, "is no string");
    }

    private static DataException Fault(string place, string field, string found) =>
        new(
            DataFault.Damaged,
            $"{place}: '{field}' {found}; allowed: a string for 'text', a string or nothing for 'subdomain'. Correct the line."
        );
}
