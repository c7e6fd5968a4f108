namespace ReLoRA.Results.Log;

/// <summary>Reads run logs. Safe while another process appends to them.</summary>
public static class RunLogReader
{
    /// <summary>Reads everything that is not damaged.</summary>
    /// <param name="path">The log's file.</param>
    /// <exception cref="LogFormatException">No such file, another version of the format, or more than 2 GiB.</exception>
    public static RunLog Read(string path)
    {
        var bytes = ReadBytes(path, long.MaxValue);
        try
        {
            return Read(bytes);
        }
        catch (LogFormatException fault)
        {
            throw new LogFormatException(
                fault.Fault,
                fault.Offset,
                $"{path}, byte {fault.Offset}: {fault.Message}",
                fault
            );
        }
    }

    /// <summary>Reads a log that is already in memory.</summary>
    /// <param name="bytes">The log.</param>
    /// <exception cref="LogFormatException">The log is of another version of the format.</exception>
    public static RunLog Read(ReadOnlyMemory<byte> bytes) => new(LogScan.Run(bytes));

    internal static byte[] ReadBytes(string path, long limit)
    {
        try
        {
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            // The length is taken once: what is appended meanwhile is for the next reader.
            var length = Math.Min(file.Length, limit);
            if (length > Array.MaxLength)
                throw new LogFormatException(
                    LogFault.TooLarge,
                    0,
                    $"{path} has {length} bytes; at most {Array.MaxLength} are read"
                );
            var bytes = new byte[length];
            var got = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return got == bytes.Length ? bytes : bytes[..got];
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LogFormatException(LogFault.Missing, 0, $"there is no run log {path}", missing);
        }
    }
}
