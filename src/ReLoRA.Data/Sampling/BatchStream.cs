using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace ReLoRA.Data.Sampling;

/// <summary>
/// Batches in the order of a seed, without end. A thread of its own reads ahead; the cursor is always that of the batch delivered,
/// never that of the thread. One reader at a time.
/// </summary>
#pragma warning disable CA1711 // A stream of batches; it is no System.IO.Stream and nobody takes it for one.
public sealed class BatchStream : IDisposable
#pragma warning restore CA1711
{
    private const int BatchesAhead = 4;

    private readonly BatchReader _reader;
    private readonly BlockingCollection<TokenBatch> _queue = new(BatchesAhead);
    private readonly BlockingCollection<long[]> _buffers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _fault;
    private TokenBatch? _delivered;
    private bool _isDisposed;

    /// <summary>Starts to read ahead.</summary>
    /// <param name="reader">Assembles the batches; its data must outlive the stream.</param>
    /// <param name="start">Where to begin: <see cref="SampleCursor.Start"/>, or the cursor after the last batch used.</param>
    /// <exception cref="DataException">The cursor is not of this data.</exception>
    public BatchStream(BatchReader reader, SampleCursor start)
    {
        _reader = reader;
        _reader.RequireInside(start);
        // One for each batch in the queue, one being filled, one in the caller's hands.
        for (var i = 0; i < BatchesAhead + 2; i++)
            _buffers.Add(new long[reader.TokenCount]);
        _thread = new Thread(() => ReadAhead(start)) { IsBackground = true, Name = "batch prefetch" };
        _thread.Start();
    }

    /// <summary>The next batch. Waits for it if need be. Its ids are valid until the next call: buffers are used again.</summary>
    /// <exception cref="DataException">The data could not be read; the same exception comes again from every later call.</exception>
    /// <exception cref="ObjectDisposedException">The stream was disposed.</exception>
    public TokenBatch Next()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_delivered is { } before)
            _buffers.Add(before.Tokens);
        _delivered = null;
        if (_queue.TryTake(out var batch, Timeout.Infinite))
            return _delivered = batch;
        // The queue ends before its time only by a fault; what was read before it has been delivered by now.
        _fault?.Throw();
        throw new ObjectDisposedException(nameof(BatchStream));
    }

    /// <summary>Stops the thread. It is waited for, so that the dataset may be disposed next.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _stop.Cancel();
        _thread.Join();
        _queue.Dispose();
        _buffers.Dispose();
        _stop.Dispose();
    }

    private void ReadAhead(SampleCursor cursor)
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var batch = _reader.Read(cursor, _buffers.Take(_stop.Token));
                _queue.Add(batch, _stop.Token);
                cursor = batch.Next;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed while it waited for room: the way this thread is meant to end.
        }
#pragma warning disable CA1031 // Not swallowed: thrown by Next in the reader's thread. Here it would end the process.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _fault = ExceptionDispatchInfo.Capture(fault);
        }
        finally
        {
            _queue.CompleteAdding();
        }
    }
}
