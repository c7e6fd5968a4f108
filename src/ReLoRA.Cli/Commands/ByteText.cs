using System.Globalization;

namespace ReLoRA.Cli.Commands;

/// <summary>Sizes as people read them.</summary>
internal static class ByteText
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
}
