using System.Text.RegularExpressions;
using ReLoRA.Data.Building;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Converting;

/// <summary>The folder that a conversion writes to. Without a manifest it is no dataset; with a journal, a conversion can go on.</summary>
internal static partial class ConvertFolder
{
    /// <summary>Makes the folder ready and opens its journal.</summary>
    /// <exception cref="DataException">It holds a dataset, another conversion, or files that are not ours.</exception>
    public static ConvertJournal Prepare(string folder, ConvertPlan plan, bool force)
    {
        var manifest = Path.Combine(folder, DatasetManifest.FileName);
        if (Directory.Exists(folder))
            BuildFolder.RequireReplaceable(folder, force, entry => Ours().IsMatch(Path.GetFileName(entry)));
        DataFiles.Guard(folder, "output folder", () => Directory.CreateDirectory(folder));
        if (force)
            DataFiles.Guard(
                folder,
                "output folder",
                () =>
                {
                    File.Delete(manifest);
                    File.Delete(Path.Combine(folder, ConvertJournal.FileName));
                }
            );
        return ConvertJournal.Open(folder, plan);
    }

    /// <summary>Removes shards that no complete file stands for.</summary>
    public static void Keep(string folder, IEnumerable<string> shards)
    {
        var kept = shards.Append(ConvertJournal.FileName).ToHashSet(StringComparer.Ordinal);
        DataFiles.Guard(
            folder,
            "output folder",
            () =>
            {
                foreach (var path in Directory.EnumerateFiles(folder).ToList())
                {
                    if (!kept.Contains(Path.GetFileName(path)))
                        File.Delete(path);
                }
            }
        );
    }

    /// <summary>Whether a shard is there as it was noted.</summary>
    public static bool Has(string folder, ShardEntry shard)
    {
        var file = new FileInfo(Path.Combine(folder, shard.File));
        return file.Exists && file.Length == shard.Bytes;
    }

    public static string ShardPath(string folder, int number) => Path.Combine(folder, BuildFolder.ShardName(number));

    [GeneratedRegex(@"^(tokens-\d{5,}\.arrow(\.partial)?|manifest\.json\.partial|convert\.journal)$")]
    private static partial Regex Ours();
}
