using System.Globalization;

namespace ReLoRA.Core.Tests.Parity;

/// <summary>One line of the document's tables: what a test found of kinds that were held to the same tolerance.</summary>
internal sealed record ParityLine(
    string Test,
    string Tolerance,
    IReadOnlyList<string> Kinds,
    int Count,
    double Largest,
    double Share
)
{
    public const string Header =
        "\n| what | compared | largest deviation | tolerance | of it | test |\n| --- | --- | --- | --- | --- | --- |\n";

    /// <summary>The line of one kind, whose entries may have had tolerances of their own.</summary>
    public static ParityLine Of(IReadOnlyList<(ParityKey Key, ParityRow Row)> rows)
    {
        var (least, most) = (rows.Min(row => row.Key.Tolerance), rows.Max(row => row.Key.Tolerance));
        var range = least == most ? Short(least) : $"{Short(least)} to {Short(most)}";
        return new ParityLine(
            rows[0].Key.Test,
            rows[0].Key.IsRelative ? $"{range} relative" : range,
            [rows[0].Key.Kind],
            rows.Sum(row => row.Row.Count),
            rows.Max(row => row.Row.Largest),
            rows.Max(row => row.Row.Largest == 0 ? 0 : row.Row.Largest / row.Key.Tolerance)
        );
    }

    /// <summary>Several kinds in one line.</summary>
    public static ParityLine Together(IReadOnlyList<ParityLine> lines) =>
        lines[0] with
        {
            Kinds = [.. lines.SelectMany(line => line.Kinds)],
            Count = lines.Sum(line => line.Count),
            Largest = lines.Max(line => line.Largest),
            Share = lines.Max(line => line.Share),
        };

    public string Text(int mostKinds) =>
        FormattableString.Invariant(
            $"| {Shown(Kinds, mostKinds)} | {Count} | {Figure(Largest)} | {Tolerance} | {Share:0.###%} | {Test} |\n"
        );

    public static string Shown(IReadOnlyList<string> kinds, int most)
    {
        var shown = string.Join(", ", kinds.Take(most).Select(kind => $"`{kind}`"));
        return kinds.Count > most ? $"{shown} and {kinds.Count - most} kinds more" : shown;
    }

    private static string Short(double tolerance) =>
        tolerance == 0 ? "exact" : tolerance.ToString("0.#e+0", CultureInfo.InvariantCulture);

    private static string Figure(double deviation) =>
        deviation == 0 ? "0" : deviation.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
