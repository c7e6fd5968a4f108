using ReLoRA.Data.Sampling;
using ReLoRA.Data.Shards;
using static TorchSharp.torch;

namespace ReLoRA.Core.Training;

/// <summary>Rows of N+1 tokens as inputs (the first N) and labels (the last N). The caller's scope owns the tensors.</summary>
internal static class TokenTensors
{
    public static (Tensor Inputs_BT, Tensor Labels_BT) Of(TokenBatch batch, int first, int count, Device device) =>
        Split(batch.Tokens.AsMemory(first * batch.RowLength, count * batch.RowLength), count, batch.RowLength, device);

    public static (Tensor Inputs_BT, Tensor Labels_BT) Read(TokenDataset data, long first, int count, Device device)
    {
        var tokens = new long[count * data.RowLength];
        for (var row = 0; row < count; row++)
            data.ReadRow(first + row, tokens.AsSpan(row * data.RowLength, data.RowLength));
        return Split(tokens, count, data.RowLength, device);
    }

    /// <summary>To a GPU from pinned memory, which it reads while the processor goes on.</summary>
    private static Tensor Place(Tensor all, Device device)
    {
        if (device.type == TorchSharp.DeviceType.CPU)
            return all.alias();
        using var pinned = all.pin_memory();
        return pinned.to(device, copy: true, non_blocking: true);
    }

    private static (Tensor, Tensor) Split(Memory<long> tokens, int rows, int rowLength, Device device)
    {
        using var all = tensor(tokens.ToArray(), [rows, rowLength], dtype: int64);
        using var placed = Place(all, device);
        return (placed.narrow(1, 0, rowLength - 1).contiguous(), placed.narrow(1, 1, rowLength - 1).contiguous());
    }
}
