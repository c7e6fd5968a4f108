using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace ReLoRA.Data.Sampling;

/// <summary>
/// Batches one after another, without end. A thread of its own reads ahead while the caller computes; a caller that finds nothing read
/// yet reads for itself, so that nobody waits for a thread to wake up. The cursor is always that of the batch delivered. One caller at a time.
/// </summary>
#pragma warning disable CA1711 // A stream of batches; it is no System.IO.Stream and nobody takes it for one.
public sealed class BatchStream : IDisposable
#pragma warning restore CA1711
{
    // Small batches are read ahead in numbers: waking a thread for each would cost more than reading it.
    private const int TokensAhead = 1 << 17;
    private const int FewestAhead = 2;
    private const int MostAhead = 64;

    // How often rows that are on their way are looked for.
    private const int LookEveryMilliseconds = 50;

    // A caller that is back sooner computes nothing in between: handing batches over to it costs more than letting it read.
    private static readonly long Away = Stopwatch.Frequency / 10_000;

    private readonly BatchReader _reader;
    private readonly object _gate = new();
    private readonly Queue<TokenBatch> _ready = [];
    private readonly int _ahead;
    private readonly Stack<long[]> _buffers = [];
    private readonly Thread _thread;
    private SampleCursor _cursor;
    private TokenBatch? _delivered;
    private ExceptionDispatchInfo? _fault;
    private long _leftAt;
    private bool _isDisposed;

    /// <summary>Starts to read ahead.</summary>
    /// <param name="reader">Assembles the batches; its data must outlive the stream.</param>
    /// <param name="start">Where to begin: <see cref="SampleCursor.Start"/>, or the cursor after the last batch used.</param>
    /// <exception cref="DataException">The cursor is not of this data.</exception>
    public BatchStream(BatchReader reader, SampleCursor start)
    {
        reader.RequireInside(start);
        (_reader, _cursor) = (reader, start);
        // One for each batch read ahead, one in the caller's hands, one being filled.
        _ahead = Math.Clamp(TokensAhead / reader.TokenCount, FewestAhead, MostAhead);
        for (var i = 0; i < _ahead + 2; i++)
            _buffers.Push(new long[reader.TokenCount]);
        _thread = new Thread(ReadAhead) { IsBackground = true, Name = "batch prefetch" };
        _thread.Start();
    }

    /// <summary>Waits until the next batch can be had: a streamed dataset's rows may be on their way.</summary>
    /// <param name="isStopped">Whether to give up; asked several times a second.</param>
    /// <returns>Whether <see cref="Next"/> will not have to wait; it may throw what reading revealed.</returns>
    public bool Wait(Func<bool> isStopped)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            while (_ready.Count == 0 && !CanRead())
            {
                if (isStopped())
                    return false;
                Monitor.Wait(_gate, LookEveryMilliseconds);
            }
            return true;
        }
    }

    /// <summary>The next batch. Its ids are valid until the next call: buffers are used again.</summary>
    /// <exception cref="DataException">The data could not be read; the same exception comes again from every later call.</exception>
    /// <exception cref="ObjectDisposedException">The stream was disposed.</exception>
    public TokenBatch Next()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var wasAway = Stopwatch.GetTimestamp() - _leftAt > Away;
            if (_delivered is { } before)
                _buffers.Push(before.Tokens);
            _delivered = null;
            if (_ready.Count == 0)
                Read();
            // What was read before a fault is delivered first.
            if (_ready.Count == 0)
                _fault!.Throw();
            _delivered = _ready.Dequeue();
            if (_ready.Count == 0 && wasAway)
                Monitor.Pulse(_gate);
            _leftAt = Stopwatch.GetTimestamp();
            return _delivered;
        }
    }

    /// <summary>Stops the thread. It is waited for, so that the dataset may be disposed next.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            Monitor.Pulse(_gate);
        }
        _thread.Join();
    }

    private void ReadAhead()
    {
        lock (_gate)
        {
            while (!_isDisposed && _fault is null)
            {
                if (_ready.Count >= _ahead)
                    Monitor.Wait(_gate);
                else if (CanRead())
                    Read();
                else
                    Monitor.Wait(_gate, LookEveryMilliseconds);
            }
        }
    }

    /// <summary>Reads one batch behind those that are ready, by whoever holds the gate.</summary>
    private void Read()
    {
        if (_fault is not null)
            return;
        var buffer = _buffers.Pop();
        Guard(() =>
        {
            var batch = _reader.Read(_cursor, buffer);
            _ready.Enqueue(batch);
            _cursor = batch.Next;
        });
    }

    /// <summary>Whether reading now gives a batch or a fault.</summary>
    private bool CanRead()
    {
        var isHere = true;
        if (_fault is null)
            Guard(() => isHere = _reader.IsHere(_cursor));
        return isHere;
    }

    private void Guard(Action read)
    {
        try
        {
            read();
        }
#pragma warning disable CA1031 // Not swallowed: thrown by Next in the caller's thread. In the other one it would end the process.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
        }
    }
}
