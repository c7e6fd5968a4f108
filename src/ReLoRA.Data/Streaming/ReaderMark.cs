using System.Globalization;

namespace ReLoRA.Data.Streaming;

/// <summary>
/// What one reader of a streamed dataset needs next, told to the process that brings shards: a file with the shard's number, and a lock beside
/// it that is held as long as the reader lives.
/// </summary>
internal sealed class ReaderMark : IDisposable
{
    public const string LockSuffix = ".lock";

    private readonly string _path;
    private readonly FileStream _lock;
    private int _shard = -1;

    private ReaderMark(string path, FileStream held) => (_path, _lock) = (path, held);

    /// <summary>Makes this reader known.</summary>
    public static ReaderMark Create(StreamFolder folder)
    {
        Directory.CreateDirectory(folder.ReadersPath);
        for (var number = 0; ; number++)
        {
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"{Environment.MachineName}-{Environment.ProcessId}-{number}"
            );
            var path = Path.Combine(folder.ReadersPath, name);
            if (HeldFile.TryHold(path + LockSuffix) is { } held)
                return new ReaderMark(path, held);
        }
    }

    /// <summary>Tells which shard is needed next.</summary>
    public void Need(int shard)
    {
        if (shard == _shard)
            return;
        // By renaming: the other process must never read half a number.
        File.WriteAllText(_path + DataFiles.PartialSuffix, shard.ToString(CultureInfo.InvariantCulture));
        File.Move(_path + DataFiles.PartialSuffix, _path, overwrite: true);
        _shard = shard;
    }

    /// <summary>The reader is gone.</summary>
    public void Dispose()
    {
        File.Delete(_path);
        File.Delete(_path + LockSuffix);
        _lock.Dispose();
    }
}
