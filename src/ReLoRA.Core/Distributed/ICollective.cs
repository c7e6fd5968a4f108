using static TorchSharp.torch;

namespace ReLoRA.Core.Distributed;

/// <summary>
/// What the processes of one run do together. Every process calls the same members in the same order, from the thread that opened it.
/// </summary>
public interface ICollective : IDisposable
{
    /// <summary>This process's number, from 0.</summary>
    int Rank { get; }

    /// <summary>How many processes there are.</summary>
    int Size { get; }

    /// <summary>The number of this process among those of its machine, from 0.</summary>
    int LocalRank { get; }

    /// <summary>What carries the numbers, for example <c>Open MPI v4.1.4</c>.</summary>
    string Name { get; }

    /// <summary>Whether this process waits for the others now. From any thread.</summary>
    bool IsWaiting { get; }

    /// <summary>How many calls have returned. From any thread.</summary>
    long Completed { get; }

    /// <summary>Waits until every process is here, without taking a core from those that are not.</summary>
    void Barrier();

    /// <summary>Makes each number the sum of that of all processes, the same bits in all of them.</summary>
    /// <param name="values">Contiguous numbers of 32 or 64 bits, equally many in each process; changed in place.</param>
    void AllReduceSum(Tensor values);

    /// <summary>Makes the bytes those of one process.</summary>
    /// <param name="bytes">Equally many in each process; changed in place.</param>
    /// <param name="root">The process whose bytes they become.</param>
    void Broadcast(Span<byte> bytes, int root = 0);

    /// <summary>Ends every process of the run at once.</summary>
    /// <param name="code">The exit code.</param>
    void Abort(int code);
}
