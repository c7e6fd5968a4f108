namespace ReLoRA.Core.Configuration;

/// <summary>Finds what a mistyped name was meant to be.</summary>
public static class NearNames
{
    /// <summary>The names most like a text, most like first.</summary>
    /// <param name="text">The text.</param>
    /// <param name="names">The names there are.</param>
    /// <param name="count">How many at most.</param>
    public static IReadOnlyList<string> Of(string text, IEnumerable<string> names, int count = 3) =>
        [.. names.Distinct(StringComparer.Ordinal).OrderBy(name => Edits(name, text)).Take(count)];

    /// <summary>Levenshtein's distance, blind to case.</summary>
    /// <param name="a">A text.</param>
    /// <param name="b">Another.</param>
    public static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[^1];
    }
}
