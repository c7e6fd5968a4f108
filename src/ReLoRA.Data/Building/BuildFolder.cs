using System.Globalization;
using System.Text.RegularExpressions;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Building;

/// <summary>The folder that a dataset is built in. A folder without a manifest is no dataset: it is written last and removed first.</summary>
internal static partial class BuildFolder
{
    public static string ShardName(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"tokens-{number:D5}.arrow");

    /// <summary>Makes the folder ready, and removes what an earlier or interrupted build left there.</summary>
    /// <exception cref="DataException">It holds a dataset that may not be replaced, or files that are not ours (<see cref="DataFault.Exists"/>).</exception>
    public static void Prepare(string folder, bool force)
    {
        if (Directory.Exists(folder))
            RequireReplaceable(folder, force);
        DataFiles.Guard(
            folder,
            "output folder",
            () =>
            {
                Directory.CreateDirectory(folder);
                File.Delete(Path.Combine(folder, DatasetManifest.FileName));
                foreach (var file in Directory.EnumerateFiles(folder).Where(IsOurs).ToList())
                    File.Delete(file);
                return true;
            }
        );
    }

    /// <summary>Writes the manifest, by which the folder becomes a dataset.</summary>
    public static void Publish(string folder, DatasetManifest manifest) =>
        DataFiles.Publish(Path.Combine(folder, DatasetManifest.FileName), ManifestJson.Write(manifest));

    private static void RequireReplaceable(string folder, bool force)
    {
        if (File.Exists(Path.Combine(folder, DatasetManifest.FileName)) && !force)
            throw new DataException(
                DataFault.Exists,
                $"{folder}: there is a dataset already. Give another output folder, or --force to replace it."
            );
        var foreign = Directory
            .EnumerateFileSystemEntries(folder)
            .FirstOrDefault(entry => !IsOurs(entry) && Path.GetFileName(entry) != DatasetManifest.FileName);
        if (foreign is not null)
            throw new DataException(
                DataFault.Exists,
                $"{folder}: the output folder holds {Path.GetFileName(foreign)}, which is no part of a dataset. Give an empty folder."
            );
    }

    private static bool IsOurs(string path) => Ours().IsMatch(Path.GetFileName(path));

    [GeneratedRegex(@"^(tokens-\d{5,}\.arrow(\.partial)?|manifest\.json\.partial)$")]
    private static partial Regex Ours();
}
