using System.Runtime.InteropServices;

namespace ReLoRA.Core.Checkpoints;

/// <summary>Flushes a folder's entries to disk, so that a rename survives a power failure. .NET has no call for it.</summary>
internal static partial class DiskFlush
{
    private const int ReadOnly = 0;

    public static void Folder(string path)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var handle = Open(path, ReadOnly);
        if (handle < 0)
            throw new IOException($"{path} cannot be opened to flush it: error {Marshal.GetLastPInvokeError()}.");
        try
        {
            if (Synchronize(handle) != 0)
                throw new IOException($"{path} cannot be flushed: error {Marshal.GetLastPInvokeError()}.");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
