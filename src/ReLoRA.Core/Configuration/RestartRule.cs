namespace ReLoRA.Core.Configuration;

/// <summary>What adapters go on with after a reset.</summary>
public enum RestartRule
{
    /// <summary>A from U(±1/sqrt(in)), B zero.</summary>
    Reinitialise,

    /// <summary>
    /// As the published runs on several GPUs did: fresh adapters take part in one forward and backward pass, whose gradients are
    /// then applied to the adapters of before the reset. They go on, although they were merged.
    /// </summary>
    CarriedOver,
}
