namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>Why a figure does not exist, or how one that does is to be read. A log shows them beside the figure: docs/probes.md.</summary>
public static class Findings
{
    /// <summary>Every element is 0.</summary>
    public const string ZeroMatrix = "zero matrix";

    /// <summary>Nothing stands above the rounding of the numbers it was computed from.</summary>
    public const string BelowRounding = "below rounding";

    /// <summary>A NaN or an infinity went in, or the figure passes the largest number.</summary>
    public const string NotFinite = "not finite";

    /// <summary>No elements.</summary>
    public const string Empty = "empty";

    /// <summary>More or fewer than two axes: the caller must say what are rows.</summary>
    public const string NotAMatrix = "not a matrix";

    /// <summary>The smallest singular value is rounding, so a ratio to it is too.</summary>
    public const string NumericallySingular = "numerically singular";

    /// <summary>One element: Hoyer's measure is 0 / 0.</summary>
    public const string SingleElement = "single element";

    /// <summary>All samples are the same, up to their rounding: nothing varies together.</summary>
    public const string Constant = "constant columns";

    /// <summary>So few samples that any two sets of activations look alike.</summary>
    public const string FewerSamples = "fewer samples than columns";

    /// <summary>So few samples that some canonical correlations are 1 whatever the data.</summary>
    public const string FewerSamplesThanBoth = "fewer samples than columns of both";

    /// <summary>The estimate needs more samples than there are.</summary>
    public const string TooFewSamples = "too few samples";

    /// <summary>An unbiased estimate of a quantity that is positive came out negative: the samples do not resolve it.</summary>
    public const string NotResolved = "not resolved";

    /// <summary>The singular values on both sides of the cut are equal up to rounding: which directions lead is arbitrary.</summary>
    public const string NoGap = "no gap at the cut";

    /// <summary>Rows that are negative or do not sum to 1.</summary>
    public const string NotADistribution = "not a distribution";
}
