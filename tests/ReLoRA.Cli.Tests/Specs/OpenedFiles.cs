using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>Counts the files that anyone opens in some folders, as Linux tells it (inotify).</summary>
internal sealed class OpenedFiles : IDisposable
{
    private const uint Open = 0x20;
    private const uint Close = 0x08 | 0x10;
    private const uint IsFolder = 0x4000_0000;
    private const uint Overflow = 0x4000;
    private const int HeaderBytes = 16;

    private readonly int watcher = inotify_init1(0);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly string last;
    private readonly Thread reader;

    /// <summary>Begins to count.</summary>
    /// <param name="folders">The folders, without those below them.</param>
    /// <param name="sentinel">A folder of the test's own, by which it knows that everything was told.</param>
    public OpenedFiles(IEnumerable<string> folders, string sentinel)
    {
        last = Path.Combine(sentinel, $"last-of-{Environment.ProcessId}");
        // Closing is watched too, since equal events that follow one another are told once.
        foreach (var folder in folders.Append(sentinel))
            if (inotify_add_watch(watcher, folder, Open | Close) < 0)
                throw new InvalidOperationException(
                    $"{folder} cannot be watched: error {Marshal.GetLastPInvokeError()}"
                );
        reader = new Thread(Read);
        reader.Start();
    }

    /// <summary>Ends the count.</summary>
    /// <returns>How often files of a name were opened, of all folders together.</returns>
    public IReadOnlyDictionary<string, int> End()
    {
        File.WriteAllText(last, "");
        reader.Join();
        return counts;
    }

    public void Dispose() => _ = close(watcher);

    private void Read()
    {
        var buffer = new byte[1 << 16];
        while (true)
        {
            var got = read(watcher, buffer, buffer.Length);
            for (var at = 0; at < got; )
            {
                var mask = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(at + 4));
                var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(at + 12));
                var name = Encoding.UTF8.GetString(buffer, at + HeaderBytes, length).TrimEnd('\0');
                at += HeaderBytes + length;
                if ((mask & Overflow) != 0)
                    name = "events that were lost";
                if (name == Path.GetFileName(last))
                    return;
                if ((mask & (Open | Overflow)) != 0 && (mask & IsFolder) == 0)
                    counts[name] = counts.GetValueOrDefault(name) + 1;
            }
            if (got <= 0)
                return;
        }
    }

#pragma warning disable SYSLIB1054, CA2101, CA5392, IDE1006 // As the C library calls them; marshalling without unsafe code.
    [DllImport("libc", SetLastError = true)]
    private static extern int inotify_init1(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int inotify_add_watch(
        int watcher,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path,
        uint mask
    );

    [DllImport("libc", SetLastError = true)]
    private static extern nint read(int file, byte[] buffer, nint count);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int file);
#pragma warning restore SYSLIB1054, CA2101, CA5392, IDE1006
}
