using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Streaming;

/// <summary>
/// Shards that another process brings and takes away. Only those asked for last are open; what is open stays readable when its file goes. One
/// reader at a time.
/// </summary>
internal sealed class StreamedShards(string folder, DatasetManifest manifest, TimeProvider? clock = null) : IShardSet
{
    /// <summary>How long nobody may bring shards before that is a fault: who restarts the pull must not lose the run.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StreamFolder _folder = new(folder);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Dictionary<int, TokenShard> _open = [];
    private ReaderMark? _mark;
    private long? _unattendedSince;

    public TokenShard At(int index)
    {
        if (!_open.TryGetValue(index, out var shard))
            _open[index] = shard = Open(index) ?? throw NotHere(index, "is not here yet");
        return shard;
    }

    public bool AreHere(int first, int count)
    {
        DataFiles.Guard(
            folder,
            "folder",
            () =>
            {
                _mark ??= ReaderMark.Create(_folder);
                _mark.Need(first);
            }
        );
        Close(first, count);
        for (var step = 0; step < count; step++)
        {
            var index = (first + step) % manifest.Shards.Count;
            if (_open.ContainsKey(index))
                continue;
            if (Open(index) is not { } shard)
            {
                RequireAttended(index);
                return false;
            }
            _open[index] = shard;
        }
        _unattendedSince = null;
        return true;
    }

    public void Dispose()
    {
        Close(0, 0);
        _mark?.Dispose();
    }

    private void Close(int first, int count)
    {
        foreach (var (index, shard) in _open.ToList())
        {
            if ((index - first + manifest.Shards.Count) % manifest.Shards.Count < count)
                continue;
            shard.Dispose();
            _open.Remove(index);
        }
    }

    private TokenShard? Open(int index)
    {
        try
        {
            return FittingShard.Open(folder, manifest, manifest.Shards[index], mayVanish: true);
        }
        catch (DataException fault) when (fault.Fault == DataFault.Missing)
        {
            // Not brought yet; nothing else in there is reported as missing.
            return null;
        }
    }

    private void RequireAttended(int index)
    {
        if (HeldFile.IsHeld(_folder.LockPath))
        {
            _unattendedSince = null;
            return;
        }
        _unattendedSince ??= _clock.GetTimestamp();
        if (_clock.GetElapsedTime(_unattendedSince.Value) >= Patience)
            throw NotHere(index, "is not here");
    }

    private DataException NotHere(int index, string found) =>
        new(
            DataFault.Missing,
            $"{Path.Combine(folder, manifest.Shards[index].File)}: this shard of a streamed dataset {found}, and nothing brings it. Run its "
                + $"relora data pull {manifest.Streamed?.Repository} --stream again, leave it running, and go on from the last checkpoint."
        );
}
