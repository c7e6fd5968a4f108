namespace ReLoRA.Core.ModelFolders;

/// <summary>The number type in which weights are stored.</summary>
public enum WeightType
{
    /// <summary>The model's own.</summary>
    AsIs,

    /// <summary>32-bit floating point.</summary>
    Float32,

    /// <summary>16-bit floating point with an 8-bit exponent.</summary>
    BFloat16,

    /// <summary>16-bit floating point of IEEE 754.</summary>
    Float16,
}
