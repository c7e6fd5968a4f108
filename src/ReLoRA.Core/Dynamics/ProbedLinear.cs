namespace ReLoRA.Core.Dynamics;

/// <summary>A linear as a script's figure sees it. Its matrices' singular values are computed when they are asked for.</summary>
public sealed class ProbedLinear
{
    private readonly LinearSpectra spectra;

    internal ProbedLinear(LinearSpectra spectra) => this.spectra = spectra;

    /// <summary>Its published name, for example <c>layers.0.attention.q_proj</c>.</summary>
    public string Name => spectra.Name;

    /// <summary>The effective weight.</summary>
    public ProbedMatrix Weight => new(spectra.Weight);

    /// <summary>The effective weight minus the initial one.</summary>
    public ProbedMatrix Update => new(spectra.CumulativeUpdate);
}
