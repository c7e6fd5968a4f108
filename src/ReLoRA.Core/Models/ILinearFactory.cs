using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>Makes a block's linears: the one place where a low-rank method enters the model.</summary>
public interface ILinearFactory
{
    /// <summary>Makes one linear and registers its weights.</summary>
    /// <param name="name">The published module name.</param>
    /// <param name="weight">The initial W, (out, in).</param>
    /// <param name="parameters">Takes ownership of the weights.</param>
    DecoderLinear Create(string name, Tensor weight, ParameterSet parameters);
}
