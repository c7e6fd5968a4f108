using TorchSharp;
using static TorchSharp.torch;

namespace ReLoRA.Core.Training;

/// <summary>
/// What dropout draws in the blocks of one micro-batch, so that a block computed again draws it again. A CPU's generator is put back to
/// where it was, and draws what it draws without recomputation. That of a GPU cannot be read, so there each block has a stream of its own.
/// </summary>
internal sealed class BlockDraws(long seed, long step, int microBatch, Device device)
{
    private readonly List<Tensor> states = [];

    /// <summary>Before a block's forward pass, in the order of the blocks. The caller's scope owns what is remembered.</summary>
    public void Begin(int block)
    {
        if (device.type == DeviceType.CPU)
            states.Add(get_rng_state());
        else
            RandomStreams.ReseedDropout(seed, step, microBatch, block);
    }

    /// <summary>Before the block is computed again.</summary>
    public void Again(int block)
    {
        if (device.type == DeviceType.CPU)
            set_rng_state(states[block]);
        else
            RandomStreams.ReseedDropout(seed, step, microBatch, block);
    }
}
