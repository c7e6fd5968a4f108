namespace ReLoRA.Core.Dynamics.Stored;

/// <summary>What lies in a folder, for messages.</summary>
internal static class FolderEntries
{
    private const int MostShown = 10;

    /// <summary>The first names, and how many more there are.</summary>
    public static string Of(string folder)
    {
        var entries = Directory
            .EnumerateFileSystemEntries(folder)
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (entries.Count == 0)
            return "nothing";
        return string.Join(", ", entries.Take(MostShown))
            + (entries.Count > MostShown ? $" and {entries.Count - MostShown} more" : "");
    }
}
