namespace ReLoRA.Scripting.Planning;

/// <summary>Finds a dataset folder: beside the script, in each folder above it, in the current directory.</summary>
/// <param name="scriptFolder">The folder of the script.</param>
/// <param name="currentFolder">The current directory.</param>
internal sealed class DatasetLocator(string scriptFolder, string currentFolder)
{
    /// <summary>The absolute path, or null.</summary>
    /// <param name="path">As the configuration names it.</param>
    /// <param name="looked">The folders looked in, in order.</param>
    public string? Find(string path, out IReadOnlyList<string> looked)
    {
        return Find(path, Directory.Exists, out looked);
    }

    /// <summary>The absolute path of a file, found alike, or null.</summary>
    /// <param name="path">As the configuration names it.</param>
    /// <param name="looked">The places looked in, in order.</param>
    public string? FindFile(string path, out IReadOnlyList<string> looked) => Find(path, File.Exists, out looked);

    /// <summary>What a message says of the places looked in.</summary>
    /// <param name="fault">What was looked for, and what of it is not there.</param>
    /// <param name="looked">The places.</param>
    public static string NotFound(string fault, IReadOnlyList<string> looked) =>
        $"{fault} Looked for:\n" + string.Join('\n', looked.Select(place => $"      {place}"));

    private string? Find(string path, Predicate<string> exists, out IReadOnlyList<string> looked)
    {
        var candidates = Places().Select(folder => Path.GetFullPath(path, folder)).Distinct().ToList();
        looked = candidates;
        return candidates.Find(exists);
    }

    private IEnumerable<string> Places()
    {
        for (var folder = new DirectoryInfo(scriptFolder); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
        yield return currentFolder;
    }
}
