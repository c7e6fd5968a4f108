using System.Globalization;
using System.Text.RegularExpressions;

namespace ReLoRA.Cli.Commands;

/// <summary>Sizes as people read them.</summary>
internal static partial class ByteText
{
    /// <summary>A size in the largest decimal unit that it has, for example <c>1.5 GB</c>.</summary>
    public static string Of(double bytes) =>
        bytes switch
        {
            >= 1e12 => Text(bytes / 1e12, "TB"),
            >= 1e9 => Text(bytes / 1e9, "GB"),
            >= 1e6 => Text(bytes / 1e6, "MB"),
            >= 1e3 => Text(bytes / 1e3, "kB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes:F0} bytes"),
        };

    private static string Text(double number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:F1} {unit}");

    /// <summary>Reads what people write, for example <c>40GB</c>, <c>1.5 TB</c> or <c>8GiB</c>; null where it is no size.</summary>
    public static long? Parse(string text)
    {
        if (Size().Match(text) is not { Success: true } found)
            return null;
        var unit = found.Groups[2].Value.ToUpperInvariant() switch
        {
            "K" or "KB" => 1e3,
            "M" or "MB" => 1e6,
            "G" or "GB" => 1e9,
            "T" or "TB" => 1e12,
            "KIB" => 1L << 10,
            "MIB" => 1L << 20,
            "GIB" => 1L << 30,
            "TIB" => 1L << 40,
            _ => 1,
        };
        var bytes = double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) * unit;
        return bytes is >= 1 and < long.MaxValue ? (long)bytes : null;
    }

    [GeneratedRegex(@"^\s*(\d+(?:\.\d+)?)\s*([KMGT]?B?|[KMGT]iB)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Size();
}
