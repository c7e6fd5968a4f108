namespace ReLoRA.Results.Runs;

/// <summary>What folders take on the disk.</summary>
public static class FolderSize
{
    /// <summary>Bytes of all files in a folder and those below it; 0 where there is none. Files that go meanwhile count as nothing.</summary>
    /// <param name="path">The folder.</param>
    public static long Of(string path) =>
        !Directory.Exists(path)
            ? 0
            : new DirectoryInfo(path)
                .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
                .Sum(Length);

    private static long Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }
}
