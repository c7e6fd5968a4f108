namespace ReLoRA.Data.Converting;

/// <summary>Counts what all threads have done, and tells it.</summary>
internal sealed class ConvertTally
{
    private readonly int _files;
    private readonly Action<ConvertProgress>? _progress;
    private readonly long _before;
    private int _filesDone;
    private long _tokens;
    private long _inAll;

    public ConvertTally(IEnumerable<ConvertedFile> done, int files, Action<ConvertProgress>? progress)
    {
        (_files, _progress) = (files, progress);
        foreach (var file in done)
        {
            _filesDone++;
            _before += file.Shard.Rows * file.RowLength;
        }
        Tell();
    }

    /// <summary>Tokens are known to be left.</summary>
    public void Expect(long tokens)
    {
        _inAll = _before + tokens;
        Tell();
    }

    /// <summary>Tokens were read.</summary>
    public void Add(int tokens)
    {
        Interlocked.Add(ref _tokens, tokens);
        Tell();
    }

    /// <summary>A file is complete.</summary>
    public void Complete()
    {
        Interlocked.Increment(ref _filesDone);
        Tell();
    }

    private void Tell() =>
        _progress?.Invoke(
            new ConvertProgress(Volatile.Read(ref _filesDone), _files, Interlocked.Read(ref _tokens), _before, _inAll)
        );
}
