using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics;

/// <summary>
/// The linears' weights before the first update, drawn anew from the run's seed when first asked for: they are a function of
/// the configuration, so that no checkpoint has to hold them.
/// </summary>
internal sealed class InitialWeights(RunConfig config) : IDisposable
{
    private Decoder? model;

    /// <summary>The initial weight of a linear, on the CPU. Not the caller's to dispose.</summary>
    public Tensor this[string name] => (model ??= Draw()).Parameters[$"{name}.weight"].Value;

    public void Dispose() => model?.Dispose();

    /// <summary>At full rank: adapters start without a contribution.</summary>
    private Decoder Draw() => ModelFactory.Create(config with { LowRank = new LowRankConfig() }, CPU);
}
