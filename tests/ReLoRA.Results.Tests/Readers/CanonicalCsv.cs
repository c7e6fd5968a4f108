using System.Globalization;
using System.Text;

namespace ReLoRA.Results.Tests.Readers;

/// <summary>Reads the table that the readers in other languages write: a header, then cell, frame, row, column, type, value.</summary>
internal static class CanonicalCsv
{
    public static IReadOnlyList<CanonicalRow> Read(string path) =>
        [
            .. Lines(File.ReadAllText(path))
                .Skip(1)
                .Select(line => new CanonicalRow(
                    line[0],
                    line[1],
                    int.Parse(line[2], CultureInfo.InvariantCulture),
                    line[3],
                    line[4],
                    line[4] == "n" ? Number(line[5]) : line[5]
                )),
        ];

    private static string Number(string text) =>
        CanonicalRows.Number(
            text.ToLowerInvariant() switch
            {
                "inf" => double.PositiveInfinity,
                "-inf" => double.NegativeInfinity,
                _ => double.Parse(text, CultureInfo.InvariantCulture),
            }
        );

    private static IEnumerable<List<string>> Lines(string text)
    {
        var line = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '"' && isQuoted && i + 1 < text.Length && text[i + 1] == '"')
                field.Append(text[i++]);
            else if (c == '"')
                isQuoted = !isQuoted;
            else if (isQuoted || c is not (',' or '\n' or '\r'))
                field.Append(c);
            else if (c != '\r')
            {
                line.Add(field.ToString());
                field.Clear();
                if (c == ',')
                    continue;
                yield return line;
                line = [];
            }
        }
    }
}
