namespace ReLoRA.Scripting.Searching;

/// <summary>The ways to propose trials.</summary>
internal enum SamplerKind
{
    /// <summary><see cref="RandomSampler"/>.</summary>
    Random,

    /// <summary><see cref="SobolSampler"/>.</summary>
    Sobol,

    /// <summary><see cref="TpeSampler"/>.</summary>
    Tpe,
}
