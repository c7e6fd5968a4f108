using System.Globalization;
using System.Text;

namespace ReLoRA.Results.Runs;

/// <summary>Replaces files so that a reader, or a crash, sees the old content or the new and never a part.</summary>
public static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static long s_writes;

    /// <summary>Writes text as UTF-8.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="text">The content.</param>
    public static void Write(string path, string text) => Write(path, Utf8.GetBytes(text));

    /// <summary>Writes bytes: to a temporary name in the same folder, flushed to the disk, then renamed.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="bytes">The content.</param>
    public static void Write(string path, ReadOnlySpan<byte> bytes) => Write(path, bytes, toDisk: true);

    /// <summary>The same, with a last look before the file before is replaced.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="bytes">The content.</param>
    /// <param name="look">Called once the disk has the content; it prevents the replacing by an exception.</param>
    public static void Write(string path, ReadOnlySpan<byte> bytes, Action look) =>
        Write(path, bytes, toDisk: true, look);

    /// <summary>The same, of what is of no use once the machine is down: nothing waits for the disk.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="text">The content.</param>
    public static void WriteForNow(string path, string text) => Write(path, Utf8.GetBytes(text), toDisk: false);

    private static void Write(string path, ReadOnlySpan<byte> bytes, bool toDisk, Action? look = null)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, TemporaryName(Path.GetFileName(full)));
        try
        {
            using (
                var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0)
            )
            {
                file.Write(bytes);
                file.Flush(toDisk);
            }
            look?.Invoke();
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static string TemporaryName(string name) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $".{name}.{Environment.ProcessId}.{Interlocked.Increment(ref s_writes)}.tmp"
        );
}
