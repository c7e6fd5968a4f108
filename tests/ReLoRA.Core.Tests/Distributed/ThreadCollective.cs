using ReLoRA.Core.Distributed;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Distributed;

/// <summary>Processes of one run as threads of this one: the same calls, without a launcher.</summary>
internal sealed class ThreadCollective(int rank, ThreadMeeting meeting) : ICollective
{
    public int Rank => rank;

    public int Size => meeting.Size;

    public int LocalRank => rank;

    public string Name => "threads";

    public bool IsWaiting { get; set; }

    public long Completed { get; set; }

    public void Barrier() => meeting.Meet();

    public void AllReduceSum(Tensor values)
    {
        meeting.Put(rank, values.clone().DetachFromDisposeScope());
        meeting.Meet();
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        values.copy_(meeting.Sum());
        meeting.Meet();
        meeting.Take(rank);
    }

    public void Broadcast(Span<byte> bytes, int root = 0)
    {
        if (rank == root)
            meeting.Said = bytes.ToArray();
        meeting.Meet();
        meeting.Said.CopyTo(bytes);
        meeting.Meet();
    }

    public void Abort(int code) => throw new NotSupportedException();

    public void Dispose() { }
}
