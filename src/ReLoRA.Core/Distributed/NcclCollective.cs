using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ReLoRA.Core.Distributed;

/// <summary>Sums on the GPUs themselves, through NCCL; all else goes the way of the processes' other collective.</summary>
/// <remarks>
/// Written and not run: docs/data-parallel.md. It uses CUDA's default stream, which is libtorch's too, so that what was asked for before is done
/// before, and what comes after waits.
/// </remarks>
public sealed unsafe class NcclCollective : ICollective
{
    private const int Float = 7;
    private const int Double = 8;
    private const int Sum = 0;

    private readonly ICollective others;
    private readonly NcclLibrary library;
    private readonly nint communicator;

    private NcclCollective(ICollective others, NcclLibrary library)
    {
        (this.others, this.library) = (others, library);
        NcclUniqueId id = default;
        if (others.Rank == 0)
            library.Require(library.GetUniqueId(&id), "ncclGetUniqueId");
        others.Broadcast(MemoryMarshal.AsBytes(new Span<NcclUniqueId>(ref id)));
        nint begun;
        library.Require(library.Begin(&begun, others.Size, id, others.Rank), "ncclCommInitRank");
        communicator = begun;
    }

    /// <inheritdoc/>
    public int Rank => others.Rank;

    /// <inheritdoc/>
    public int Size => others.Size;

    /// <inheritdoc/>
    public int LocalRank => others.LocalRank;

    /// <inheritdoc/>
    public string Name => $"{others.Name}, NCCL";

    /// <inheritdoc/>
    public bool IsWaiting => others.IsWaiting;

    /// <inheritdoc/>
    public long Completed => others.Completed;

    /// <summary>Through NCCL where the device is a GPU and the library is found in every process; what there is otherwise.</summary>
    /// <param name="others">The processes.</param>
    /// <param name="device">Where the run trains.</param>
    public static ICollective OrElse(ICollective others, string device)
    {
        if (others.Size == 1 || device != "cuda")
            return others;
        // Its libraries are loaded with the first tensor there.
        using (zeros(1, device: new Device(device))) { }
        var library = NcclLibrary.Find();
        using var found = ones(1, dtype: float64);
        if (library is null)
            found.zero_();
        others.AllReduceSum(found);
        return library is null || found.item<double>() < others.Size ? others : new NcclCollective(others, library);
    }

    /// <inheritdoc/>
    public void Barrier() => others.Barrier();

    /// <inheritdoc/>
    public void AllReduceSum(Tensor values)
    {
        if (values.device_type != TorchSharp.DeviceType.CUDA)
        {
            others.AllReduceSum(values);
            return;
        }
        var data = values.dtype == float64 ? values.storage<double>().data_ptr() : values.storage<float>().data_ptr();
        data += (nint)(values.storage_offset() * values.ElementSize);
        var type = values.dtype == float64 ? Double : Float;
        library.Require(
            library.AllReduce(data, data, (nuint)values.numel(), type, Sum, communicator, 0),
            "ncclAllReduce"
        );
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> bytes, int root = 0) => others.Broadcast(bytes, root);

    /// <inheritdoc/>
    public void Abort(int code) => others.Abort(code);

    /// <summary>Leaves NCCL; the other collective is its owner's.</summary>
    public void Dispose() => library.End(communicator);
}
