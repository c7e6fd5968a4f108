using System.IO.Enumeration;

namespace ReLoRA.Results.Runs;

/// <summary>What folders take on the disk.</summary>
public static class FolderSize
{
    /// <summary>Bytes of all files in a folder and those below it; 0 where there is none. Files that go meanwhile count as nothing.</summary>
    /// <param name="path">The folder.</param>
    public static long Of(string path) =>
        !Directory.Exists(path)
            ? 0
            : new FileSystemEnumerable<long>(
                path,
                // Of a file that is gone, 0.
                static (ref FileSystemEntry file) => file.Length,
                new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }
            )
            {
                ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory,
            }.Sum();
}
