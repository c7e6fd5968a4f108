using System.Formats.Tar;
using System.IO.Compression;
using ReLoRA.Data;
using ReLoRA.Data.Building;

namespace ReLoRA.Core.Evaluation.Items;

/// <summary>The files of JSON lines in a folder, a .zip or a .tar.gz, by name; or a single one.</summary>
internal static class PackedFiles
{
    /// <summary>What is read, for messages.</summary>
    public const string Kinds = "a folder, .zip or .tar.gz of .jsonl files, or one .jsonl";

    private static readonly string[] Tars = [".tar.gz", ".tgz"];
    private static readonly string[] Lines = [".jsonl", ".jsonl.gz"];

    /// <summary>Reads the files, one at a time where that is possible. None if the path leads nowhere.</summary>
    /// <param name="path">A folder, an archive or a file.</param>
    /// <exception cref="UserFaultException">The file is of another kind.</exception>
    /// <exception cref="DataException">It is damaged.</exception>
    public static IEnumerable<PackedFile> Read(string path)
    {
        if (Directory.Exists(path))
            return Folder(path);
        if (!File.Exists(path))
            return [];
        if (EndsWith(path, [".zip"]))
            return Zip(path);
        if (EndsWith(path, Tars))
            return Tar(path);
        return EndsWith(path, Lines)
            ? [Single(path)]
            : throw new UserFaultException($"{path} is not a kind of file that is read; allowed: {Kinds}.");
    }

    private static IEnumerable<PackedFile> Folder(string path) =>
        Directory
            .EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(IsLines)
            .OrderBy(file => Path.GetRelativePath(path, file), StringComparer.Ordinal)
            .Select(Single);

    private static PackedFile Single(string path) =>
        Guard(
            path,
            () =>
            {
                var bytes = File.ReadAllBytes(path);
                return new PackedFile(path, EndsWith(path, [".gz"]) ? CheckedGzipStream.ReadAll(bytes) : bytes);
            }
        );

    private static IEnumerable<PackedFile> Zip(string path)
    {
        using var archive = Guard(path, () => ZipFile.OpenRead(path));
        foreach (
            var entry in archive
                .Entries.Where(entry => IsLines(entry.FullName))
                .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
        )
            yield return Guard(
                path,
                () =>
                {
                    using var stream = entry.Open();
                    return Unpack(path, entry.FullName, stream);
                }
            );
    }

    private static List<PackedFile> Tar(string path) =>
        Guard(
            path,
            () =>
            {
                var files = new SortedDictionary<string, PackedFile>(StringComparer.Ordinal);
                using var tar = new TarReader(new MemoryStream(CheckedGzipStream.ReadAll(File.ReadAllBytes(path))));
                while (tar.GetNextEntry() is { } entry)
                {
                    if (entry.DataStream is { } stream && IsLines(entry.Name))
                        files[entry.Name] = Unpack(path, entry.Name, stream);
                }
                return files.Values.ToList();
            }
        );

    private static PackedFile Unpack(string archive, string name, Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var content = bytes.ToArray();
        return new PackedFile(
            $"{archive}/{name}",
            EndsWith(name, [".gz"]) ? CheckedGzipStream.ReadAll(content) : content
        );
    }

    // macOS puts a file of attributes called ._name beside each file of an archive.
    private static bool IsLines(string name) =>
        EndsWith(name, Lines) && !Path.GetFileName(name).StartsWith("._", StringComparison.Ordinal);

    private static bool EndsWith(string path, string[] endings) =>
        endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new DataException(
                DataFault.Damaged,
                $"{path} is damaged, or not what its name says: {fault.Message} Copy it anew.",
                fault
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DataException(
                DataFault.Unreadable,
                $"{path} cannot be read: {fault.Message} Check its rights.",
                fault
            );
        }
    }
}
