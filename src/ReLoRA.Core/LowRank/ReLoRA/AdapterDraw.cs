using ReLoRA.Core.Native;
using ReLoRA.Core.Training;
using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>Starts adapters afresh: A from U(±1/sqrt(in)) (Kaiming uniform with a = sqrt 5), B zero, a trained scale at tanh(1).</summary>
public static class AdapterDraw
{
    /// <summary>Draws A, clears B and puts the scale back, in place.</summary>
    /// <param name="linear">The adapters' linear.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="resetNumber">0 for the first adapters of a run, then the number of the reset.</param>
    /// <param name="rank">The new rank; the rest of A is zero. 0 stands for all of A.</param>
    public static void Restart(ReLoRALinear linear, long seed, int resetNumber, int rank = 0)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        using var generator = RandomStreams.Generator(seed, "adapter", resetNumber, linear.Name);
        var bound = 1 / Math.Sqrt(linear.A.shape[1]);
        linear.A.copy_(empty(linear.A.shape, dtype: float32).uniform_(-bound, bound, generator));
        // The rest is drawn too, so that a rank's rows are those of any larger one.
        if (rank > 0 && rank < linear.A.shape[0])
            linear.A.narrow(0, rank, linear.A.shape[0] - rank).zero_();
        linear.B.zero_();
        linear.TanhScale?.fill_(LivingScalar.Of(1));
    }
}
