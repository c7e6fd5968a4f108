using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;

namespace ReLoRA.Core.Tests;

/// <summary>Whether two runs of one configuration came to the same, however often they were interrupted.</summary>
internal static class RunComparison
{
    /// <summary>Asserts equal logs and, to the bit, equal weights and optimizer states at the end.</summary>
    public static void AssertSame(CellFolder expected, CellFolder actual, long lastStep = 30)
    {
        Assert.Equal(Comparable(expected), Comparable(actual));
        foreach (var name in (string[])["model.safetensors", "optimizer.safetensors"])
            Assert.Equal(
                File.ReadAllBytes(Path.Combine(expected.CheckpointsPath, $"step_{lastStep}", name)),
                File.ReadAllBytes(Path.Combine(actual.CheckpointsPath, $"step_{lastStep}", name))
            );
    }

    /// <summary>Everything outside measured, notes and checksums, which may differ.</summary>
    private static List<string> Comparable(CellFolder cell) =>
        [
            .. RunLogReader
                .Read(cell.LogPath)
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
            System.Collections.IEnumerable list => $"[{string.Join(";", list.Cast<object?>().Select(Text))}]",
            double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            _ => $"{value}",
        };
}
