using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

// B: batch, T: positions, N: positions of all rows, W: model width.
namespace ReLoRA.Core.Training;

/// <summary>The gradient of the token embedding, added row by row: autograd would make a whole embedding of zeros first, and add all of it.</summary>
internal static class EmbeddingGradient
{
    /// <summary>The embeddings of tokens, cut off from the embedding itself.</summary>
    /// <param name="model">The model.</param>
    /// <param name="ids_BT">The tokens.</param>
    /// <returns>(batch, positions, width), a leaf. The caller's scope owns it.</returns>
    public static Tensor Begin(Decoder model, Tensor ids_BT)
    {
        using var frozen = no_grad();
        return model.Begin(ids_BT).requires_grad_(model.Embedding_VW.requires_grad);
    }

    /// <summary>Adds the gradient that came down to the embeddings.</summary>
    /// <param name="model">The model.</param>
    /// <param name="ids_BT">The tokens.</param>
    /// <param name="gradient_BTW">Null where the embedding does not train.</param>
    public static void Add(Decoder model, Tensor ids_BT, Tensor? gradient_BTW)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        if (gradient_BTW is { } gradient && LeafGradient.Of(model.Embedding_VW) is { } sum_VW)
            sum_VW.index_add_(0, ids_BT.flatten(), gradient.flatten(0, 1), LivingScalar.Of(1));
    }
}
