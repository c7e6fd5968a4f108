using System.Runtime.ExceptionServices;
using ReLoRA.Core.Distributed;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Distributed;

/// <summary>Where threads meet that stand for processes.</summary>
internal sealed class ThreadMeeting(int size) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Barrier barrier = new(size);
    private readonly Tensor[] put = new Tensor[size];
    private readonly CancellationTokenSource failed = new();

    public int Size => size;

    public byte[] Said { get; set; } = [];

    public void Meet() => Assert.True(barrier.SignalAndWait((int)Patience.TotalMilliseconds, failed.Token));

    public void Put(int rank, Tensor values) => put[rank] = values;

    public void Take(int rank) => put[rank].Dispose();

    /// <summary>In one order for all, so that all have the same bits.</summary>
    public Tensor Sum() => put.Aggregate((sum, one) => sum.Plus(one));

    /// <summary>Does something in each of several threads; a fault of one ends the others.</summary>
    public static T[] Run<T>(int size, Func<ICollective, T> work)
    {
        using var meeting = new ThreadMeeting(size);
        var results = new T[size];
        var faults = new Exception?[size];
        var threads = Enumerable
            .Range(0, size)
            .Select(rank => new Thread(() =>
            {
                try
                {
                    results[rank] = work(new ThreadCollective(rank, meeting));
                }
#pragma warning disable CA1031 // Not swallowed: thrown again below.
                catch (Exception fault)
#pragma warning restore CA1031
                {
                    faults[rank] = fault;
                    meeting.failed.Cancel();
                }
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var first = faults.OfType<Exception>().OrderBy(fault => fault is OperationCanceledException).FirstOrDefault();
        if (first is not null)
            ExceptionDispatchInfo.Throw(first);
        return results;
    }

    public void Dispose()
    {
        barrier.Dispose();
        failed.Dispose();
    }
}
