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
            RequireOurs(folder, manifest, force);
        DataFiles.Guard(folder, "output folder", () => Directory.CreateDirectory(folder));
        if (force)
            DataFiles.Guard(
                folder,
                "output folder",
                () =>
                {
                    File.Delete(manifest);
                    File.Delete(Path.Combine(folder, ConvertJournal.FileName));
                    return true;
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
                return true;
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

    private static void RequireOurs(string folder, string manifest, bool force)
    {
        if (File.Exists(manifest) && !force)
            throw new DataException(
                DataFault.Exists,
                $"{folder}: there is a dataset already. Give another output folder, or --force to replace it."
            );
        var foreign = Directory
            .EnumerateFileSystemEntries(folder)
            .Select(entry => Path.GetFileName(entry))
            .FirstOrDefault(name => !Ours().IsMatch(name));
        if (foreign is not null)
            throw new DataException(
                DataFault.Exists,
                $"{folder}: the output folder holds {foreign}, which is no part of a dataset. Give an empty folder."
            );
    }

    [GeneratedRegex(@"^(tokens-\d{5,}\.arrow(\.partial)?|manifest\.json(\.partial)?|convert\.journal)$")]
    private static partial Regex Ours();
}
