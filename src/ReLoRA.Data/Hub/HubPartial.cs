namespace ReLoRA.Data.Hub;

/// <summary>What has arrived of a file, on the disk and hashed. No other process can have it open.</summary>
internal sealed class HubPartial : IDisposable
{
    private const int HashedAtOnce = 1 << 18;
    private const string What = "file that is being downloaded";

    private readonly string _path;
    private readonly HubFile _file;
    private readonly Action<long> _received;
    private readonly FileStream _stream;
    private readonly ContentHash _hash;

    private HubPartial(string path, HubFile file, Action<long> received)
    {
        (_path, _file, _received) = (path, file, received);
        _stream = Guard(() =>
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0)
        );
        _hash = new ContentHash(file);
    }

    /// <summary>Bytes that have arrived.</summary>
    public long Arrived { get; private set; }

    /// <summary>Opens what was kept from before, or nothing.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="file">The file that it is part of.</param>
    /// <param name="received">Told what was kept, what arrives, and, as a negative number, what is thrown away.</param>
    /// <param name="stop">Stops the hashing of what was kept.</param>
    /// <exception cref="DataException">It cannot be read or written.</exception>
    public static HubPartial Open(string path, HubFile file, Action<long> received, CancellationToken stop)
    {
        var partial = new HubPartial(path, file, received);
        try
        {
            partial.TakeKept(stop);
            return partial;
        }
        catch
        {
            partial.Dispose();
            throw;
        }
    }

    /// <summary>Adds bytes.</summary>
    /// <exception cref="DataException">They cannot be written.</exception>
    public void Append(ReadOnlyMemory<byte> bytes)
    {
        Guard(() =>
        {
            _stream.Write(bytes.Span);
        });
        _hash.Append(bytes.Span);
        Arrived += bytes.Length;
        _received(bytes.Length);
    }

    /// <summary>Throws away all of it.</summary>
    /// <exception cref="DataException">It cannot be written.</exception>
    public void StartOver()
    {
        Guard(() =>
        {
            _stream.SetLength(0);
        });
        _hash.StartOver();
        if (Arrived > 0)
            _received(-Arrived);
        Arrived = 0;
    }

    /// <summary>The hash of what has arrived.</summary>
    public string Hash() => _hash.Current();

    /// <summary>Puts it on the disk.</summary>
    /// <exception cref="DataException">It cannot be written.</exception>
    public void Flush() =>
        Guard(() =>
        {
            _stream.Flush(flushToDisk: true);
        });

    public void Dispose()
    {
        _hash.Dispose();
        _stream.Dispose();
    }

    private void TakeKept(CancellationToken stop)
    {
        if (Guard(() => _stream.Length) > _file.Bytes)
            StartOver();
        var buffer = new byte[HashedAtOnce];
        for (int count; (count = Guard(() => _stream.Read(buffer))) > 0; Arrived += count)
        {
            stop.ThrowIfCancellationRequested();
            _hash.Append(buffer.AsSpan(0, count));
        }
        if (Arrived > 0)
            _received(Arrived);
    }

    private void Guard(Action operation) => DataFiles.Guard(_path, What, operation);

    private T Guard<T>(Func<T> operation) => DataFiles.Guard(_path, What, operation);
}
