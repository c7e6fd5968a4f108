namespace ReLoRA.Core.Pickle;

/// <summary>Opens a file that may be an archive, and makes typed faults of what the runtime throws at damaged ones.</summary>
internal static class ArchiveFile
{
    private const int FirstBytes = 4;

    public static FileStream Open(string path, Refusal refusal)
    {
        var file = OpenRead(path, refusal);
        try
        {
            Guard(refusal, () => RequireArchive(file, refusal));
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Runs something that reads an archive.</summary>
    public static T Guard<T>(Refusal refusal, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or IOException
                        or NotSupportedException
                        or ArgumentException
                        or OverflowException
            )
        {
            throw refusal.Of(PickleFault.Archive, $"its archive cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }

    public static void ReadExactly(Stream stream, Span<byte> target, Refusal refusal)
    {
        try
        {
            stream.ReadExactly(target);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw refusal.Of(
                PickleFault.Archive,
                $"an entry of its archive cannot be read: {e.Message.TrimEnd('.')}",
                e
            );
        }
    }

    private static bool RequireArchive(FileStream file, Refusal refusal)
    {
        if (file.Length > PickleLimits.FileBytes)
            throw refusal.Of(PickleFault.TooLarge, $"it has {file.Length} bytes; allowed: {PickleLimits.FileBytes}");
        Span<byte> first = stackalloc byte[FirstBytes];
        first = first[..file.ReadAtLeast(first, FirstBytes, throwOnEndOfStream: false)];
        if (first is [(byte)PickleOpcode.Proto, ..])
            throw refusal.Of(
                PickleFault.Legacy,
                "it is a bare pickle, as PyTorch wrote before 1.6. Load it there where you trust it, and write it again "
                    + "with torch.save(x, path) of PyTorch 1.6 or newer"
            );
        if (!first.SequenceEqual("PK\u0003\u0004"u8))
            throw refusal.Of(PickleFault.NoArchive, "it is no archive. Give a file that torch.save wrote");
        ArchiveEnd.Require(file, refusal);
        return true;
    }

    private static FileStream OpenRead(string path, Refusal refusal)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw refusal.Of(PickleFault.Missing, "it is not there. Check the path", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw refusal.Of(PickleFault.Unreadable, $"it cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }
}
