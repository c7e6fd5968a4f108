using System.Diagnostics;
using static TorchSharp.torch;

namespace ReLoRA.Core.Distributed;

/// <summary>The processes that OpenMPI's launcher, or Slurm's with PMIx, started for one run. All of it on the thread that opened it.</summary>
public sealed unsafe class MpiCollective : ICollective
{
    /// <summary>A count is an <c>int</c>, and a span's length too.</summary>
    private const long MostBytes = 1 << 30;

    // Processes that wait while others compute may share their cores: spinning would take those away.
    private static readonly TimeSpan Spinning = TimeSpan.FromMilliseconds(0.2);

    private readonly MpiLibrary library;
    private volatile bool isWaiting;
    private long completed;

    private MpiCollective(MpiLibrary library, RankPlace place)
    {
        this.library = library;
        library.Initialize();
        (Rank, Size, LocalRank) = (library.Rank(), library.Size(), place.LocalRank);
        Name = library.Version();
        if (Size == place.Size)
            return;
        throw new UserFaultException(
            $"The launcher started {place.Size} processes, and OpenMPI ({Name}) knows of {Size}: the launcher is another MPI's or another "
                + "version's. Use the mpirun that belongs to this library, or srun --mpi=pmix where both know the same PMIx."
        );
    }

    /// <summary>Whether OpenMPI's library is on this machine.</summary>
    public static bool IsHere => MpiLibrary.IsHere;

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public int LocalRank { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsWaiting => isWaiting;

    /// <inheritdoc/>
    public long Completed => Interlocked.Read(ref completed);

    /// <summary>Joins the others.</summary>
    /// <param name="place">What the launcher said.</param>
    /// <exception cref="UserFaultException">There is no OpenMPI, or launcher and library do not belong together.</exception>
    public static MpiCollective Join(RankPlace place) => new(MpiLibrary.Load(), place);

    /// <inheritdoc/>
    public void Barrier() => Together(Wait);

    /// <inheritdoc/>
    public void AllReduceSum(Tensor values)
    {
        if (values.device_type != TorchSharp.DeviceType.CPU)
        {
            using var host = values.cpu();
            AllReduceSum(host);
            values.copy_(host);
            return;
        }
        var type = values.dtype == float64 ? library.Double : library.Float;
        using var scope = NewDisposeScope();
        var flat = values.view(-1);
        var atOnce = MostBytes / values.ElementSize;
        for (var first = 0L; first < flat.numel(); first += atOnce)
        {
            var count = (int)Math.Min(atOnce, flat.numel() - first);
            var part = flat.narrow(0, first, count);
            Together(() =>
            {
                fixed (byte* data = part.bytes)
                    library.AllReduce(MpiLibrary.InPlace, data, count, type, library.Sum, library.World);
            });
        }
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes, int root = 0)
    {
        Barrier();
        fixed (byte* data = bytes)
        {
            var (address, length) = ((nint)data, bytes.Length);
            Together(() => library.Broadcast((void*)address, length, library.Byte, root, library.World));
        }
    }

    /// <inheritdoc/>
    public void Abort(int code) => library.Abort(library.World, code);

    /// <summary>Leaves the others, which must all do so.</summary>
    public void Dispose() => Together(() => library.Finalize());

    private void Wait()
    {
        nint request;
        library.BeginBarrier(library.World, &request);
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            var isDone = 0;
            library.Test(&request, &isDone, 0);
            if (isDone != 0)
                return;
            if (Stopwatch.GetElapsedTime(begun) < Spinning)
                Thread.Yield();
            else
                Thread.Sleep(1);
        }
    }

    private void Together(Action call)
    {
        isWaiting = true;
        call();
        isWaiting = false;
        Interlocked.Increment(ref completed);
    }
}
