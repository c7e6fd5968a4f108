using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>Gives the linears that <see cref="LowRankConfig.Targets"/> names their adapters; the others stay full rank.</summary>
public sealed class ReLoRAFactory : ILinearFactory
{
    private readonly LowRankConfig lowRank;
    private readonly long seed;

    /// <summary>Creates the factory.</summary>
    /// <param name="lowRank">Rank, scale, targets and semantics.</param>
    /// <param name="seed">The run's seed, from which the first adapters are drawn.</param>
    public ReLoRAFactory(LowRankConfig lowRank, long seed) => (this.lowRank, this.seed) = (lowRank, seed);

    /// <inheritdoc/>
    public DecoderLinear Create(string name, Tensor weight, ParameterSet parameters)
    {
        if (!lowRank.IsTarget(name))
            return new FullRankLinear(name, weight, parameters);
        if (!lowRank.KeepWeights)
            weight.zero_();
        var linear = new ReLoRALinear(name, weight, lowRank, parameters);
        if (lowRank.Semantics.FirstCycle == AdapterStart.Kaiming)
            AdapterDraw.Restart(linear, seed, resetNumber: 0, RankRule.First(lowRank, name));
        if (lowRank.WarmStartSteps > 0)
            linear.Train(parameters, adapter: false);
        return linear;
    }
}
