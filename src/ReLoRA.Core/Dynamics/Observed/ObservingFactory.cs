using ReLoRA.Core.Models;
using static TorchSharp.torch;

// B: batch, T: positions, H: query heads, K: key/value heads, D: head width.
namespace ReLoRA.Core.Dynamics.Observed;

/// <summary>Makes linears whose outputs are seen, and sees attention. What is to be seen can be changed between passes.</summary>
internal sealed class ObservingFactory : ILinearFactory, IAttentionObserver
{
    /// <summary>Sees the outputs of a linear.</summary>
    public Action<string, Tensor>? Output { get; set; }

    /// <summary>Sees the queries and keys of an attention layer.</summary>
    public Action<string, Tensor, Tensor>? Attention { get; set; }

    public DecoderLinear Create(string name, Tensor weight, ParameterSet parameters) =>
        new ObservedLinear(name, weight, parameters, (linear, y) => Output?.Invoke(linear, y));

    public void Attended(string name, Tensor q_BTHD, Tensor k_BTKD) => Attention?.Invoke(name, q_BTHD, k_BTKD);
}
