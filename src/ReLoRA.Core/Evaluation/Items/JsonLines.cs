using System.Text.Json;
using ReLoRA.Data;

namespace ReLoRA.Core.Evaluation.Items;

/// <summary>Reads JSON lines from wherever <see cref="PackedFiles"/> finds them. Blank lines are passed over.</summary>
internal static class JsonLines
{
    /// <summary>The lines, by file name and number.</summary>
    /// <exception cref="UserFaultException">A line is no JSON.</exception>
    /// <exception cref="DataException">A file is damaged or no UTF-8.</exception>
    public static IEnumerable<JsonLine> Read(string path) => PackedFiles.Read(path).SelectMany(Of);

    /// <summary>The fault of data without items.</summary>
    /// <param name="path">The data.</param>
    /// <param name="what">What it should hold.</param>
    public static UserFaultException Nothing(string path, string what) =>
        new(
            Path.Exists(path)
                ? $"{path} holds no {what}; allowed: {PackedFiles.Kinds}. Check --data."
                : $"{path}: no such file or folder. Check --data."
        );

    private static IEnumerable<JsonLine> Of(PackedFile file)
    {
        var number = 0;
        foreach (var line in InvalidUtf8.Refuse(file.Bytes, file.Place).TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Parse(line, $"{file.Place}:{number}");
        }
    }

    private static JsonLine Parse(string line, string place)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return new JsonLine(place, json.RootElement.Clone());
        }
        catch (JsonException e)
        {
            throw new UserFaultException(
                $"{place}: this is no JSON ({e.Message}); allowed: one object a line. Correct the line.",
                e
            );
        }
    }
}
