using System.Text.RegularExpressions;
using ReLoRA.Data.Hub;

namespace ReLoRA.Cli.Commands;

/// <summary>The command that makes a dataset of what was pulled.</summary>
internal static partial class PullNextStep
{
    /// <summary>The command; null where there are no ids in Parquet or Arrow.</summary>
    public static string? Of(HubPullResult pulled)
    {
        var sources = pulled
            .Listing.Files.Select(file => file.Path)
            .Where(path => IsOf(path, ".parquet") || IsOf(path, ".arrow"))
            .ToList();
        if (sources.Count == 0)
            return null;
        var first = sources.Find(path => path.Contains("train", StringComparison.Ordinal)) ?? sources[0];
        var folder = Path.Combine(pulled.Folder, Path.GetDirectoryName(first)!);
        var name = pulled.Listing.Repository.Name.Split('/')[^1];
        if (IsOf(first, ".arrow"))
            return $"relora data adopt {Quoted(folder)} --tokenizer tokenizer.json";
        var series = Number().Match(Path.GetFileName(first)) is { Success: true } numbered
            ? $"{numbered.Groups[1].Value}*.parquet"
            : "*.parquet";
        return $"relora data convert {Quoted(Path.Combine(folder, series))} --output data/{name} --tokenizer tokenizer.json";
    }

    private static bool IsOf(string path, string extension) =>
        path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    private static string Quoted(string path) => $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^(.*-)\d+-of-\d+\.parquet$", RegexOptions.IgnoreCase)]
    private static partial Regex Number();
}
