using System.Text.RegularExpressions;

namespace ReLoRA.Core.Tests.Parity;

/// <summary>Names what recorded entries have in common: layers, list positions and the names of cases are taken out.</summary>
internal static partial class EntryKind
{
    /// <summary>The kind of a tensor's name or of a path inside a JSON file.</summary>
    public static string Of(string entry)
    {
        if (!entry.StartsWith('$'))
            return Case().Replace(Weight().Replace(entry, "*"), "$1*");
        var named = Metric().Replace(entry, "$1.*");
        var path = Position().Replace(Quoted().Replace(named, ".*"), "[]").Split('.');
        var mode = path.FirstOrDefault(part => part is "f32" or "f64" or "f64_asis");
        var last = string.Join('.', path.Skip(Math.Max(1, path.Length - 2)).Where(part => part != mode));
        return mode is null ? last : $"{mode}: {last}";
    }

    [GeneratedRegex(@"(layers\.\d+\.[\w.]*\w|(de_)?embedding_proj\.weight|output_norm\.weight|layers\.\d+)")]
    private static partial Regex Weight();

    [GeneratedRegex(@"^(magnitude_|input\.|matrix\.|extra\.|pair\.).*$")]
    private static partial Regex Case();

    [GeneratedRegex(@"^(\$\.(?:metrics|pairs|singular_values_float64))\.\w+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\['[^']*'\]")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Position();
}
