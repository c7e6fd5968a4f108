using System.Globalization;
using System.Text;

namespace ReLoRA.Core.Tests.Parity;

/// <summary>The generated part of docs/parity.md.</summary>
internal static class ParityDocument
{
    public const string Begin = "<!-- generated: begin -->";

    private const int MostKinds = 8;

    public const string End = "<!-- generated: end -->";

    /// <summary>Replaces the generated part of a document.</summary>
    public static string Fill(string document)
    {
        var begin = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = document.IndexOf(End, StringComparison.Ordinal);
        return $"{document[..begin]}\n{Generate()}{document[end..]}";
    }

    private static string Generate()
    {
        var text = new StringBuilder();
        foreach (var file in RecordedEntries.Files)
            Append(text, file);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string file)
    {
        var entries = RecordedEntries.Of(file);
        if (entries.Count == 0)
            return;
        var cases = ParityRecord.Cases(file);
        var answered = cases.Select(found => found.Entry).ToHashSet(StringComparer.Ordinal);
        var compared = entries.Count(entry => ParityRecord.IsCompared(file, entry));
        var left = entries.Where(entry => !ParityRecord.IsCompared(file, entry) && !answered.Contains(entry)).ToList();
        var what = file.EndsWith(".json", StringComparison.Ordinal) ? "numbers" : "tensors";
        text.Append(CultureInfo.InvariantCulture, $"\n### {file}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{compared} of {entries.Count} {what} are compared.\n");
        var rows = ParityRecord
            .Rows.Where(row => row.Key.File == file)
            .GroupBy(row => (row.Key.Test, row.Key.IsRelative, row.Key.Kind))
            .Select(rows => ParityLine.Of([.. rows]))
            .GroupBy(line => (line.Test, line.Tolerance))
            .Select(lines => ParityLine.Together([.. lines]))
            .ToList();
        if (rows.Count > 0)
            text.Append(ParityLine.Header);
        foreach (var row in rows)
            text.Append(row.Text(MostKinds));
        if (cases.Count > 0)
            text.Append(
                CultureInfo.InvariantCulture,
                $"\nUndefined or rounding as published ({cases.Count}), with what ours returns:\n{ParityCases.Text(cases)}"
            );
        var reasons = left.GroupBy(entry => Uncompared.ReasonOf(file, entry))
            .OrderBy(reason => reason.Key, StringComparer.Ordinal);
        foreach (var reason in reasons)
        {
            var kinds = reason.Select(EntryKind.Of).Distinct().Order(StringComparer.Ordinal).ToList();
            text.Append(
                CultureInfo.InvariantCulture,
                $"\nNot compared ({reason.Count()}): {ParityLine.Shown(kinds, MostKinds)}. {reason.Key}\n"
            );
        }
    }
}
