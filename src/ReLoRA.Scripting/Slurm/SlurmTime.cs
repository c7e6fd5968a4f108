using System.Globalization;
using System.Text.RegularExpressions;

namespace ReLoRA.Scripting.Slurm;

/// <summary>Times as Slurm writes them, <c>8:00:00</c> or <c>1-12</c>, and as people do, <c>90m</c> or <c>1.5h</c>.</summary>
internal static partial class SlurmTime
{
    /// <summary>For messages.</summary>
    public const string Forms = "30 (minutes), 8:00:00, 1-12 (days-hours), 1-12:30:00, 90s, 30m, 8h or 2d";

    /// <summary>Reads a time; null where it is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (People().Match(text) is { Success: true } people)
            return Span(Number(people, 1) * Unit(people.Groups[2].Value));
        if (Days().Match(text) is { Success: true } days)
            return Span(Number(days, 1) * 86400 + Number(days, 2) * 3600 + Number(days, 3) * 60 + Number(days, 4));
        if (Clock().Match(text) is not { Success: true } clock)
            return null;
        // One number alone is minutes, two are minutes and seconds, as in Slurm's own options.
        return clock.Groups[3].Success
            ? Span(Number(clock, 1) * 3600 + Number(clock, 2) * 60 + Number(clock, 3))
            : Span(Number(clock, 1) * 60 + Number(clock, 2));
    }

    /// <summary>Slurm's own form.</summary>
    public static string Text(TimeSpan time) =>
        time < TimeSpan.Zero ? $"-{Text(-time)}"
        : time.Days > 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.Days}-{time:hh\\:mm\\:ss}")
        : time.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture);

    private static double Unit(string name) =>
        name switch
        {
            "s" => 1,
            "m" => 60,
            "h" => 3600,
            _ => 86400,
        };

    private static double Number(Match match, int group) =>
        match.Groups[group].Success ? double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

    private static TimeSpan? Span(double seconds) =>
        seconds < TimeSpan.FromDays(9999).TotalSeconds ? TimeSpan.FromSeconds(Math.Ceiling(seconds)) : null;

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)([smhd])$")]
    private static partial Regex People();

    [GeneratedRegex(@"^(\d+)-(\d+)(?::(\d+)(?::(\d+))?)?$")]
    private static partial Regex Days();

    [GeneratedRegex(@"^(\d+)(?::(\d+)(?::(\d+))?)?$")]
    private static partial Regex Clock();
}
