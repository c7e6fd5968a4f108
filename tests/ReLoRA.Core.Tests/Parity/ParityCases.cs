using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ReLoRA.Core.Tests.Parity;

/// <summary>The document's table of the entries that are undefined or rounding as published.</summary>
internal static partial class ParityCases
{
    private const string Header = "\n| entry | published | ours |\n| --- | --- | --- |\n";

    /// <summary>One line for entries that differ in their type or their place in a list only and to which ours answers the same.</summary>
    public static string Text(IReadOnlyList<ParityCase> cases)
    {
        var text = new StringBuilder(Header);
        foreach (
            var same in cases.GroupBy(found =>
                (Entry: Entry().Replace(Position().Replace(found.Entry, "[]"), "$1: "), found.Ours)
            )
        )
        {
            var published = same.GroupBy(found => found.Published).Select(found => Published(found, same.Count()));
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{same.Key.Entry}` | {string.Join("; ", published)} | {same.Key.Ours} |\n"
            );
        }
        return text.ToString();
    }

    private static string Published(IGrouping<string, ParityCase> same, int all)
    {
        var types = same.Select(found => Type().Match(found.Entry).Value)
            .Where(type => type.Length > 0)
            .Distinct()
            .ToList();
        return types.Count == 0 || (same.Count() == all && all > 1)
            ? same.Key
            : $"{same.Key} ({string.Join(", ", types)})";
    }

    [GeneratedRegex(@"^\$\.\w+\.(\w+)\.((b?float\d+)\.)?")]
    private static partial Regex Entry();

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Position();

    [GeneratedRegex(@"(?<=^\$\.metrics\.\w+\.)b?float\d+(?=\.)")]
    private static partial Regex Type();
}
