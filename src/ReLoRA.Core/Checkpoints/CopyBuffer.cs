using System.Runtime.InteropServices;

namespace ReLoRA.Core.Checkpoints;

/// <summary>
/// Memory for the copy that a checkpoint is written from while training goes on. Plain bytes: the writing thread touches no
/// tensor. The memory stays for the next copy, since to get it anew each time costs more than the copying.
/// </summary>
internal sealed unsafe class CopyBuffer : IDisposable
{
    private const int BytesAtOnce = 1 << 24;

    private byte* memory;

    /// <summary>Bytes held.</summary>
    public long Capacity { get; private set; }

    /// <summary>Copies tensors. The copy is good until the next one.</summary>
    /// <param name="live">The tensors.</param>
    public CheckpointTensors Copy(CheckpointTensors live)
    {
        Reserve(live.Bytes);
        var used = 0L;
        return new CheckpointTensors([.. live.Weights.Select(Add)], [.. live.Optimizer.Select(Add)]);

        TensorEntry Add(TensorEntry tensor)
        {
            var from = used;
            using var target = new UnmanagedMemoryStream(memory + from, 0, tensor.Bytes, FileAccess.Write);
            tensor.WriteTo(target);
            used += tensor.Bytes;
            return tensor with { WriteTo = stream => Write(stream, from, tensor.Bytes) };
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(memory);
        memory = null;
        Capacity = 0;
    }

    private void Reserve(long bytes)
    {
        if (bytes <= Capacity)
            return;
        Dispose();
        memory = (byte*)NativeMemory.Alloc((nuint)bytes);
        Capacity = bytes;
    }

    private void Write(Stream stream, long from, long bytes)
    {
        for (var at = 0L; at < bytes; at += BytesAtOnce)
            stream.Write(new ReadOnlySpan<byte>(memory + from + at, (int)Math.Min(BytesAtOnce, bytes - at)));
    }
}
