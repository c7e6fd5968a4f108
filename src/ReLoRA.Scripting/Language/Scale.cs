namespace ReLoRA.Scripting.Language;

/// <summary>Which values of a <c>.Range</c> are equally likely at first.</summary>
public enum Scale
{
    /// <summary>Equal distances: from 0.1 to 0.2 as from 0.8 to 0.9.</summary>
    Linear,

    /// <summary>Equal ratios: from 1e-4 to 1e-3 as from 1e-3 to 1e-2.</summary>
    Log,
}
