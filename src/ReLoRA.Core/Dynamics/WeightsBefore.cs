using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics;

/// <summary>The effective weights before an update after which a probe asks for what it added, in at least 32 bits.</summary>
internal sealed class WeightsBefore : IDisposable
{
    private readonly Dictionary<string, Tensor> kept = [];

    /// <summary>A linear's weight, on the CPU; null where none was kept. Owned here.</summary>
    public Tensor? Of(string name) => kept.TryGetValue(name, out var found) ? found.alias() : null;

    /// <summary>Keeps the weights of all linears in place of those of an earlier update.</summary>
    public void Keep(Decoder model)
    {
        Clear();
        using var frozen = no_grad();
        foreach (var linear in model.Linears)
        {
            using var scope = NewDisposeScope();
            var copy = linear.EffectiveWeight().to(linear.Type.Wide(), copy: true).cpu();
            kept.Add(linear.Name, copy.DetachFromDisposeScope());
        }
    }

    /// <summary>Lets go of them.</summary>
    public void Clear()
    {
        foreach (var tensor in kept.Values)
            tensor.Dispose();
        kept.Clear();
    }

    public void Dispose() => Clear();
}
