using System.Security.Cryptography;

namespace ReLoRA.Data;

/// <summary>File access whose faults are the user's: missing files, missing rights, full disks.</summary>
internal static class DataFiles
{
    /// <summary>What a file that is not complete is called, after its name.</summary>
    public const string PartialSuffix = ".partial";

    private const int HashedAtOnce = 1 << 18;

    public static byte[] ReadAllBytes(string path, string what) => Guard(path, what, () => File.ReadAllBytes(path));

    public static string Sha256(string path) =>
        Guard(
            path,
            "file",
            () =>
            {
                // Twice as fast as SHA256.HashData(Stream), whose pieces are small.
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var piece = new byte[HashedAtOnce];
                for (int count; (count = file.Read(piece)) > 0; )
                    hash.AppendData(piece.AsSpan(0, count));
                return Convert.ToHexStringLower(hash.GetCurrentHash());
            }
        );

    /// <summary>
    /// What the system knows of a file. Of a symbolic link, FileInfo tells the link's own size and time; files of the hub's cache are links.
    /// </summary>
    public static FileInfo Info(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null || file.ResolveLinkTarget(returnFinalTarget: true) is not FileInfo target
            ? file
            : target;
    }

    /// <summary>Writes a file so that it is there completely or not at all: temporary name, to the disk, renamed.</summary>
    public static void Publish(string path, byte[] content) =>
        Guard(
            path,
            "file",
            () =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                using (var file = new FileStream(path + PartialSuffix, FileMode.Create))
                {
                    file.Write(content);
                    file.Flush(flushToDisk: true);
                }
                File.Move(path + PartialSuffix, path, overwrite: true);
            }
        );

    /// <summary>Runs an operation on a file and turns what the system refuses into a typed fault.</summary>
    public static T Guard<T>(string path, string what, Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(
                DataFault.Missing,
                $"{path}: no such {what}. Check the path; a relative one starts at {Environment.CurrentDirectory}.",
                fault
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException || IsTooLarge(fault))
        {
            throw new DataException(
                DataFault.Unreadable,
                $"{path}: cannot access this {what}: {fault.Message} Check rights, free space and that it is no folder.",
                fault
            );
        }
    }

    /// <summary>The same for an operation that gives nothing.</summary>
    public static void Guard(string path, string what, Action operation) =>
        Guard(
            path,
            what,
            () =>
            {
                operation();
                return true;
            }
        );

    // What .NET makes of EFBIG: a file beyond what the file system or the limit on file sizes allows.
    private static bool IsTooLarge(Exception fault) => fault is ArgumentOutOfRangeException { ParamName: "value" };
}
