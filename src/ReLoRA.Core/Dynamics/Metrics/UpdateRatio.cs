using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>Update-to-weight ratio: <c>|update|_F / |weight|_F</c>. About 1e-3 a step is the rule of thumb for Adam.</summary>
public static class UpdateRatio
{
    /// <summary>
    /// The figure of an update: at least 0, or NaN where the weight is zero or one of them not finite. A ratio within the rounding
    /// of a difference of stored weights is marked <c>below rounding</c>.
    /// </summary>
    /// <param name="update">The update, of any shape. Not disposed.</param>
    /// <param name="weight">The weight it was or is added to. Not disposed.</param>
    /// <param name="epsilon">Machine epsilon of the type whose rounding the update carries; 0 for an update that was never rounded into a weight.</param>
    public static SpectrumFigure Of(Tensor update, Tensor weight, double epsilon)
    {
        var (moved, norm) = (Norms.Frobenius(update), Norms.Frobenius(weight));
        if (moved.Finding.Length > 0 || norm.Finding.Length > 0)
            return SpectrumFigure.None(moved.Finding.Length > 0 ? moved.Finding : norm.Finding);
        if (norm.Value == 0)
            return SpectrumFigure.None(Findings.ZeroMatrix);
        var ratio = moved.Value / norm.Value;
        // Both weights were rounded, by half an epsilon of each element at most.
        return SpectrumFigure.Of(ratio, ratio > 0 && ratio <= epsilon ? Findings.BelowRounding : "");
    }
}
