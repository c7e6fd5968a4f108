using System.Collections;
using System.Globalization;
using ReLoRA.Results.Log;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>Logs as text, to compare them.</summary>
internal static class LogText
{
    /// <summary>Everything outside measured, notes and checksums, which may differ between a straight and a resumed run.</summary>
    public static List<string> Comparable(string path) =>
        [
            .. RunLogReader
                .Read(path)
                .Entries.Where(entry => entry.Kind is not ("note" or "crc"))
                .Select(entry => Text(entry.Map)),
        ];

    private static string Text(object? value) =>
        value switch
        {
            IReadOnlyDictionary<string, object?> map => string.Join(
                ",",
                map.Where(pair => pair.Key != "measured").Select(pair => $"{pair.Key}={Text(pair.Value)}")
            ),
            string text => text,
            IEnumerable list => $"[{string.Join(";", list.Cast<object?>().Select(Text))}]",
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            _ => $"{value}",
        };
}
