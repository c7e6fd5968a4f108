using System.Globalization;
using System.Text.RegularExpressions;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Building;

/// <summary>The folder that a dataset is built in. A folder without a manifest is no dataset: it is written last and removed first.</summary>
internal static partial class BuildFolder
{
    public static string ShardName(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"tokens-{number:D5}.arrow");

    /// <summary>
    /// Makes the folder ready: a build that was begun with the same plan goes on, what else an earlier build left is removed.
    /// </summary>
    /// <returns>The journal of the build, which says where to begin.</returns>
    /// <exception cref="DataException">
    /// It holds a dataset or a build that may not be replaced, or files that are not ours (<see cref="DataFault.Exists"/>).
    /// </exception>
    public static BuildJournal Prepare(string folder, BuildPlan plan, bool force)
    {
        if (Directory.Exists(folder))
            RequireReplaceable(folder, force, IsOurs);
        DataFiles.Guard(folder, "output folder", () => Directory.CreateDirectory(folder));
        var journal = new BuildJournal(folder);
        try
        {
            if (journal.Plan is null || plan.DifferenceFrom(journal.Plan) is { } difference && MayDrop(difference))
                journal.Begin(plan);
            Clean(folder, journal);
            return journal;
        }
        catch (DataException)
        {
            journal.Dispose();
            throw;
        }

        bool MayDrop(string difference) =>
            force || journal.Shards.Count == 0
                ? true
                : throw new DataException(
                    DataFault.Exists,
                    $"{folder}: holds a build that is not finished, and {difference}. Repeat the command that began it, or --force to "
                        + "drop it and build anew."
                );
    }

    /// <summary>Writes the manifest, by which the folder becomes a dataset.</summary>
    public static void Publish(string folder, DatasetManifest manifest) =>
        DataFiles.Publish(Path.Combine(folder, DatasetManifest.FileName), ManifestJson.Write(manifest));

    /// <summary>Fails where a folder holds a dataset that may not be replaced, or anything that no dataset consists of.</summary>
    /// <exception cref="DataException">It does (<see cref="DataFault.Exists"/>).</exception>
    internal static void RequireReplaceable(string folder, bool force, Func<string, bool> isOurs)
    {
        if (File.Exists(Path.Combine(folder, DatasetManifest.FileName)) && !force)
            throw new DataException(
                DataFault.Exists,
                $"{folder}: there is a dataset already. Give another output folder, or --force to replace it."
            );
        var foreign = Directory
            .EnumerateFileSystemEntries(folder)
            .FirstOrDefault(entry => !isOurs(entry) && Path.GetFileName(entry) != DatasetManifest.FileName);
        if (foreign is not null)
            throw new DataException(
                DataFault.Exists,
                $"{folder}: the output folder holds {Path.GetFileName(foreign)}, which is no part of a dataset. Give an empty folder."
            );
    }

    private static void Clean(string folder, BuildJournal journal) =>
        DataFiles.Guard(
            folder,
            "output folder",
            () =>
            {
                // First of all: without it, nothing of what is left passes for a dataset.
                File.Delete(Path.Combine(folder, DatasetManifest.FileName));
                var kept = journal.Shards.Select(shard => shard.File).Append(BuildJournal.FileName).ToHashSet();
                foreach (var file in Directory.EnumerateFiles(folder).Where(IsOurs).ToList())
                {
                    if (!kept.Contains(Path.GetFileName(file)))
                        File.Delete(file);
                }
            }
        );

    private static bool IsOurs(string path) => Ours().IsMatch(Path.GetFileName(path));

    [GeneratedRegex(@"^(tokens-\d{5,}\.arrow(\.partial)?|manifest\.json\.partial|build\.journal)$")]
    private static partial Regex Ours();
}
