using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Training;
using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank;

/// <summary>
/// Makes the linears that <see cref="LowRankConfig.Targets"/> names products of two factors. Both start away from zero, or neither
/// would ever leave it: A from U(±1/sqrt(in)) and B from U(±sqrt(3/rank)), so that the entries of B A have the variance of those of
/// a full-rank linear.
/// </summary>
public sealed class LowRankFactory : ILinearFactory
{
    private readonly LowRankConfig lowRank;
    private readonly long seed;

    /// <summary>Creates the factory.</summary>
    /// <param name="lowRank">Rank and targets.</param>
    /// <param name="seed">The run's seed, from which the factors are drawn.</param>
    public LowRankFactory(LowRankConfig lowRank, long seed) => (this.lowRank, this.seed) = (lowRank, seed);

    /// <inheritdoc/>
    public DecoderLinear Create(string name, Tensor weight, ParameterSet parameters)
    {
        if (!lowRank.IsTarget(name))
            return new FullRankLinear(name, weight, parameters);
        var (outputs, inputs) = (weight.shape[0], weight.shape[1]);
        var rank = RankRule.First(lowRank, name);
        return new LowRankLinear(
            name,
            Draw("factor A", [rank, inputs], 1 / Math.Sqrt(inputs)),
            Draw("factor B", [outputs, rank], Math.Sqrt(3.0 / rank)),
            parameters
        );

        Tensor Draw(string purpose, long[] shape, double bound)
        {
            using var generator = RandomStreams.Generator(seed, purpose, step: 0, name);
            return empty(shape, dtype: float32).uniform_(-bound, bound, generator).to(weight.dtype).to(weight.device);
        }
    }
}
