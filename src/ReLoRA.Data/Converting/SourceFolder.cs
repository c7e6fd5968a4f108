using System.Globalization;
using System.Text.RegularExpressions;

namespace ReLoRA.Data.Converting;

/// <summary>
/// The Parquet or Arrow files of one folder. Subfolders are left alone: Hugging Face keeps a split in each, and training data must not
/// take in the split that it is tested on.
/// </summary>
internal static partial class SourceFolder
{
    private static readonly string[] Extensions = [".parquet", ".arrow"];

    /// <exception cref="DataException">It holds none, several splits or kinds, or some of a numbered series are missing.</exception>
    public static IReadOnlyList<SourceFile> Files(string folder)
    {
        var names = DataFiles
            .Guard(folder, "folder", () => Directory.EnumerateFiles(folder).ToList())
            .Select(path => Path.GetFileName(path))
            .Where(IsSource)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (names.Count == 0)
            throw Empty(folder);
        RequireOne(
            folder,
            names.Select(name => Path.GetExtension(name)),
            "kinds of file",
            extension => $"*{extension}"
        );
        RequireOne(folder, names.Select(SeriesOf), "series of files", series => $"{series}*");
        RequireWhole(folder, names);
        return [.. names.Select(name => new SourceFile(Path.Combine(folder, name), name))];
    }

    /// <summary>Whether a file is data; what the datasets library leaves of its own steps (cache-*, tmp*) is not.</summary>
    private static bool IsSource(string name) =>
        Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
        && !name.StartsWith('.')
        && !name.StartsWith("cache-", StringComparison.Ordinal)
        && !name.StartsWith("tmp", StringComparison.Ordinal);

    private static string SeriesOf(string name) =>
        Numbered().Match(name) is { Success: true } match ? match.Groups[1].Value : "";

    private static void RequireOne(string folder, IEnumerable<string> found, string what, Func<string, string> pattern)
    {
        var different = found.Distinct(StringComparer.Ordinal).ToList();
        if (different.Count > 1)
            throw new DataException(
                DataFault.InvalidValue,
                $"{folder}: {different.Count} {what} in one folder. Give one by a pattern: "
                    + $"{string.Join(" or ", different.Select(one => $"'{folder.TrimEnd('/')}/{pattern(one)}'"))}."
            );
    }

    // A series like train-00000-of-00003.parquet says itself how many files it has.
    private static void RequireWhole(string folder, List<string> names)
    {
        if (Numbered().Match(names[0]) is not { Success: true } first)
            return;
        var count = int.Parse(first.Groups[3].Value, CultureInfo.InvariantCulture);
        var width = first.Groups[2].Length;
        for (var number = 0; number < count; number++)
        {
            var digits = number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
            var name = $"{first.Groups[1].Value}{digits}-of-{first.Groups[3].Value}{first.Groups[4].Value}";
            if (!names.Contains(name, StringComparer.Ordinal))
                throw new DataException(
                    DataFault.Missing,
                    $"{folder}: {name} is missing of {count} files. Fetch it, or give those that are there by a pattern: "
                        + $"'{folder.TrimEnd('/')}/*'."
                );
        }
    }

    private static DataException Empty(string folder)
    {
        var below = Directory
            .EnumerateDirectories(folder)
            .Where(inner => Directory.EnumerateFiles(inner).Any(file => IsSource(Path.GetFileName(file))))
            .Select(inner => Path.GetFileName(inner))
            .Order(StringComparer.Ordinal)
            .ToList();
        var hint =
            below.Count == 0 ? "Check the path of the input." : $"Give one of its folders: {string.Join(", ", below)}.";
        return new DataException(
            DataFault.Missing,
            $"{folder}: no {string.Join(" or ", Extensions)} file in this folder. {hint}"
        );
    }

    [GeneratedRegex(@"^(.*-)(\d+)-of-(\d+)(\.[^.]+)$")]
    private static partial Regex Numbered();
}
