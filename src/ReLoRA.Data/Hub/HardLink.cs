using System.Runtime.InteropServices;

namespace ReLoRA.Data.Hub;

/// <summary>A second name of a file, or a copy where the file system has none.</summary>
internal static partial class HardLink
{
    /// <summary>Puts a file under a second name, in place of what has it.</summary>
    /// <exception cref="DataException">It cannot be written.</exception>
    public static void LinkOrCopy(string file, string path)
    {
        var partial = path + DataFiles.PartialSuffix;
        DataFiles.Guard(
            path,
            "file",
            () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Delete(partial);
                if (OperatingSystem.IsWindows() || Link(file, partial) != 0)
                    Copy(file, partial);
                File.Move(partial, path, overwrite: true);
                // Renaming does nothing where both are names of one file already.
                File.Delete(partial);
            }
        );
    }

    private static void Copy(string file, string path)
    {
        File.Copy(file, path);
        using var copy = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        copy.Flush(flushToDisk: true);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string file, string path);
}
