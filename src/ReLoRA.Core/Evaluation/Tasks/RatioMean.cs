namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>How the parts of a figure are put together.</summary>
public enum RatioMean
{
    /// <summary>The arithmetic mean.</summary>
    Arithmetic,

    /// <summary>The geometric mean.</summary>
    Geometric,
}
