using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>Makes every linear full rank.</summary>
public sealed class FullRankFactory : ILinearFactory
{
    /// <inheritdoc/>
    public DecoderLinear Create(string name, Tensor weight, ParameterSet parameters) =>
        new FullRankLinear(name, weight, parameters);
}
