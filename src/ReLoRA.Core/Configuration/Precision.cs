namespace ReLoRA.Core.Configuration;

/// <summary>The number type of weights and arithmetic.</summary>
public enum Precision
{
    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>64-bit floating point: for proofs, not for speed.</summary>
    Float64,
}
