using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics;

/// <summary>
/// The model before the first update, drawn anew from the run's seed, or read again from where it started, when first asked for: it is a function of
/// the configuration, so that no checkpoint has to hold it.
/// </summary>
internal sealed class InitialWeights(RunConfig config, string start) : IDisposable
{
    private Decoder? model;

    /// <summary>The model, on the CPU.</summary>
    public Decoder Model => model ??= ModelFactory.Create(config, CPU, start);

    /// <summary>The initial effective weight of a linear, in 64 bits, on the CPU. The caller's scope owns it.</summary>
    public Tensor this[string name] => Model.Linears.First(linear => linear.Name == name).EffectiveWeight();

    public void Dispose() => model?.Dispose();
}
