using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics;

/// <summary>The spectra of one linear at one moment, each computed once, when it is first asked for.</summary>
internal sealed class LinearSpectra
{
    private readonly DecoderLinear linear;
    private readonly InitialWeights initial;
    private readonly Lazy<Spectrum> weight;
    private readonly Lazy<Spectrum> update;

    public LinearSpectra(DecoderLinear linear, InitialWeights initial)
    {
        (this.linear, this.initial) = (linear, initial);
        weight = new Lazy<Spectrum>(OfWeight);
        update = new Lazy<Spectrum>(OfUpdate);
    }

    public string Name => linear.Name;

    /// <summary>The effective weight's.</summary>
    public Spectrum Weight => weight.Value;

    /// <summary>That of the effective weight minus the initial one.</summary>
    public Spectrum CumulativeUpdate => update.Value;

    private double Epsilon =>
        linear.Type == ScalarType.Float64 ? Math.BitIncrement(1.0) - 1 : MathF.BitIncrement(1) - 1;

    private Spectrum OfWeight()
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return Spectrum.Of(Effective(), Epsilon);
    }

    private Spectrum OfUpdate()
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return Spectrum.OfDifference(Effective() - initial[linear.Name], Epsilon, Weight);
    }

    private Tensor Effective() => linear.EffectiveWeight().cpu();
}
