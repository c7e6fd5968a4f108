namespace ReLoRA.Data.Hub;

/// <summary>Counts what all downloads have done, and tells it.</summary>
internal sealed class HubTally(int files, long bytes, Action<HubPullProgress>? progress)
{
    private readonly Lock _lock = new();
    private int _filesDone;
    private long _bytesDone;
    private long _bytesNow;
    private int _waiting;

    /// <summary>Bytes that arrived in this sitting.</summary>
    public long BytesNow
    {
        get
        {
            lock (_lock)
                return _bytesNow;
        }
    }

    /// <summary>Bytes are there from before.</summary>
    public void Keep(long count) => Tell(() => _bytesDone += count);

    /// <summary>Bytes arrived, or were thrown away.</summary>
    public void Receive(long count) =>
        Tell(() =>
        {
            _bytesDone += count;
            _bytesNow += Math.Max(0, count);
        });

    /// <summary>One more, or less, waits for another process.</summary>
    public void Wait(int count) => Tell(() => _waiting += count);

    /// <summary>Files are complete.</summary>
    public void Complete(int count) => Tell(() => _filesDone += count);

    private void Tell(Action change)
    {
        lock (_lock)
        {
            change();
            progress?.Invoke(new HubPullProgress(_filesDone, files, _bytesDone, bytes, _bytesNow, _waiting));
        }
    }
}
