using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ReLoRA.Results.Runs;

/// <summary>
/// A lock between processes on one machine: <c>flock</c> on Linux. The kernel gives it back when its holder dies, however it
/// dies, so that there are no stale locks. The empty file stays: deleting it would let two processes lock two files of one name.
/// </summary>
public sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;
    private readonly string _holderPath;

    private FileLock(FileStream file, string holderPath)
    {
        _file = file;
        _holderPath = holderPath;
    }

    /// <summary>Takes the lock where it is free.</summary>
    /// <param name="path">The lock's file; it and its folder are made where they are missing.</param>
    /// <param name="holder">The process id of who holds it where it is not free; empty where that is not known.</param>
    /// <returns>The lock, to be disposed; null where another holds it.</returns>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder cannot be made.</exception>
    public static FileLock? TryAcquire(string path, out string holder)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var holderPath = full + ".holder";
        holder = "";
        if (!TryOpen(full, out var file))
        {
            holder = ReadHolder(holderPath);
            return null;
        }
        try
        {
            // Beside the lock, not in it: a locked file cannot be opened by those who want to know.
            AtomicFile.WriteForNow(holderPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // On a full disk, too, a lock is to be had by who frees it; others then do not know the holder.
        }
        catch
        {
            file.Dispose();
            throw;
        }
        return new FileLock(file, holderPath);
    }

    /// <summary>The same, of a lock that others hold for a moment only: waits for it.</summary>
    /// <param name="path">The lock's file; it and its folder are made where they are missing.</param>
    /// <param name="patience">How long it waits.</param>
    /// <param name="clock">For that time.</param>
    /// <param name="holder">The process id of who still holds it; empty where that is not known.</param>
    /// <returns>The lock, to be disposed; null where another holds it all the time.</returns>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder cannot be made.</exception>
    public static FileLock? TryAcquire(string path, TimeSpan patience, TimeProvider clock, out string holder)
    {
        var begun = clock.GetTimestamp();
        while (true)
        {
            if (TryAcquire(path, out holder) is { } taken)
                return taken;
            if (clock.GetElapsedTime(begun) > patience)
                return null;
            Thread.Sleep(Pause);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose()
    {
        if (_file.SafeFileHandle.IsClosed)
            return;
        File.Delete(_holderPath);
        _file.Dispose();
    }

    private static bool TryOpen(string path, [NotNullWhen(true)] out FileStream? file)
    {
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return true;
        }
        catch (IOException held) when (IsSharingViolation(held))
        {
            file = null;
            return false;
        }
    }

    // EWOULDBLOCK of flock on Linux and macOS; ERROR_SHARING_VIOLATION on Windows.
    private static bool IsSharingViolation(IOException fault) =>
        fault.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static string ReadHolder(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }
}
