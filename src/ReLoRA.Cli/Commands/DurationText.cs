using System.Globalization;
using System.Text.RegularExpressions;

namespace ReLoRA.Cli.Commands;

/// <summary>Times as people write them.</summary>
internal static partial class DurationText
{
    /// <summary>Reads for example <c>90s</c>, <c>10m</c> or <c>1.5h</c>; null where it is no time.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (Time().Match(text) is not { Success: true } found)
            return null;
        var number = double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
        var seconds =
            number
            * found.Groups[2].Value switch
            {
                "s" => 1,
                "m" => 60,
                _ => 3600,
            };
        return seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;
    }

    [GeneratedRegex(@"^\s*(\d+(?:\.\d+)?)\s*([smh])\s*$")]
    private static partial Regex Time();
}
