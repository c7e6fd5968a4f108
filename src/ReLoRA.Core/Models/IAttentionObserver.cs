using static TorchSharp.torch;

// B: batch, T: positions, H: query heads, K: key/value heads, D: head width.
namespace ReLoRA.Core.Models;

/// <summary>Sees what attention scores are made of. A factory of linears that is one is told of every layer's.</summary>
internal interface IAttentionObserver
{
    /// <summary>Sees one pass through one layer.</summary>
    /// <param name="name">The layer, for example <c>layers.3.attention</c>.</param>
    /// <param name="q_BTHD">Queries, turned by their positions.</param>
    /// <param name="k_BTKD">Keys, turned by their positions.</param>
    void Attended(string name, Tensor q_BTHD, Tensor k_BTKD);
}
