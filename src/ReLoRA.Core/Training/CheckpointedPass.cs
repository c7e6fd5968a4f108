using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

// B: batch, T: positions, W: model width.
namespace ReLoRA.Core.Training;

/// <summary>
/// A forward pass of which only the blocks' inputs are kept, and the way back on which each block is computed again (Chen et al. 2016).
/// Embedding and last norm are computed once. The gradients are those of <see cref="Decoder.Hidden"/> to the bit: docs/training-engine.md.
/// </summary>
internal sealed class CheckpointedPass
{
    private readonly Decoder model;
    private readonly BlockDraws draws;
    private readonly List<Tensor> inputs_BTW = [];
    private readonly Tensor last_BTW;

    /// <summary>Goes forward. The caller's scope owns all tensors, and is open until <see cref="Backward"/> returns.</summary>
    /// <param name="model">The model.</param>
    /// <param name="embedded_BTW">The embeddings, (batch, positions, width).</param>
    /// <param name="draws">What dropout draws.</param>
    public CheckpointedPass(Decoder model, Tensor embedded_BTW, BlockDraws draws)
    {
        (this.model, this.draws) = (model, draws);
        last_BTW = Forward(embedded_BTW.detach()).requires_grad_();
        Hidden_BTW = model.Normalize(last_BTW);
    }

    /// <summary>The residual stream after the last norm, with a graph that ends below this norm.</summary>
    public Tensor Hidden_BTW { get; }

    /// <summary>Adds the gradients of the blocks, once those of <see cref="Hidden_BTW"/> went back.</summary>
    /// <returns>The gradient of the embeddings. The caller's scope owns it.</returns>
    public Tensor Backward()
    {
        var gradient_BTW = last_BTW.grad!;
        for (var i = model.Blocks.Count - 1; i >= 0; i--)
        {
            using var after_BTW = gradient_BTW;
            using var input_BTW = inputs_BTW[i];
            gradient_BTW = Again(i, input_BTW, after_BTW);
        }
        return gradient_BTW;
    }

    private Tensor Forward(Tensor x_BTW)
    {
        using (no_grad())
            foreach (var block in model.Blocks)
            {
                draws.Begin(inputs_BTW.Count);
                inputs_BTW.Add(x_BTW);
                x_BTW = InOneScope(() => block.Forward(inputs_BTW[^1], training: true));
            }
        Autocast.Forget();
        return x_BTW;
    }

    /// <summary>Computes a block again, and takes the gradient of its output to its weights and to its input.</summary>
    private Tensor Again(int block, Tensor input_BTW, Tensor gradient_BTW)
    {
        using var scope = NewDisposeScope();
        var x_BTW = input_BTW.detach().requires_grad_();
        draws.Again(block);
        InOneScope(() => model.Blocks[block].Forward(x_BTW, training: true)).backward([gradient_BTW]);
        return x_BTW.grad!.MoveToOuterDisposeScope();
    }

    /// <summary>Frees at once what is needed neither above nor on the way back.</summary>
    private static Tensor InOneScope(Func<Tensor> forward)
    {
        using var scope = NewDisposeScope();
        return forward().MoveToOuterDisposeScope();
    }
}
