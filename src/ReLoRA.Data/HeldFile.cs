namespace ReLoRA.Data;

/// <summary>A file that one process holds; the kernel lets go of it when the process ends, however it ends.</summary>
internal static class HeldFile
{
    /// <summary>Takes hold of a file.</summary>
    /// <returns>Held until it is disposed; null where another process, or another part of this one, holds it.</returns>
    /// <exception cref="IOException">The system refuses for another reason.</exception>
    public static FileStream? TryHold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            return null;
        }
    }

    /// <summary>Whether someone holds a file. Looking never keeps another from taking hold of it for long.</summary>
    public static bool IsHeld(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return false;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            return true;
        }
    }

    // EWOULDBLOCK of flock on Linux and macOS; ERROR_SHARING_VIOLATION on Windows.
    private static bool IsHeld(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);
}
