using ReLoRA.Core.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>
/// Dropout whose mask on a CPU is hashed from one draw of the generator (<see cref="HashedMask"/>): libtorch's own draws for one number after another, which was a
/// tenth of a step. What it gains: docs/training-engine.md.
/// </summary>
internal static class AdapterDropout
{
    /// <summary>
    /// The numbers with a random share of them set to 0. Those that stay are as they were: whoever calls divides by <c>1 - </c><see cref="HashedMask.Share"/>, at best
    /// where fewer numbers are.
    /// </summary>
    /// <param name="x">The numbers.</param>
    /// <param name="rate">The rate asked for, above 0 and below 1.</param>
    public static Tensor Drop(Tensor x, double rate) => x.masked_fill(Mask(x, rate), LivingScalar.Of(0.0));

    private static Tensor Mask(Tensor x, double rate)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        if (x.device_type != DeviceType.CPU)
            return empty(x.shape, dtype: float32, device: x.device)
                .uniform_(0, 1)
                .lt(LivingScalar.Of(HashedMask.Share(rate)))
                .MoveToOuterDisposeScope();
        // From the generator, so that who reseeds it, or puts it back to draw a block's masks again, decides on the mask.
        var key = empty(1, dtype: int64).random_(0, Math.ScaleB(1, 62));
        var mask = empty(x.shape, dtype: @bool);
        HashedMask.Fill(mask.bytes, (ulong)key.item<long>(), rate);
        return mask.MoveToOuterDisposeScope();
    }
}
