namespace ReLoRA.Core.Configuration;

/// <summary>How adapters start before the first reset.</summary>
public enum AdapterStart
{
    /// <summary>A from U(±1/sqrt(in)), B zero: the adapters learn from the first step.</summary>
    Kaiming,

    /// <summary>A and B zero, as in the published code: no gradient reaches either until the first reset.</summary>
    Dead,
}
