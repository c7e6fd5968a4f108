namespace ReLoRA.Scripting.Searching;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>1 / sqrt(2 pi), as a logarithm.</summary>
    public const double LogOfPeak = -0.91893853320467274;

    /// <summary>The mass between two points.</summary>
    public static double Mass(double from, double to) =>
        // In the upper tail both shares are near one, and their difference would be lost.
        from > 0
            ? Below(-from) - Below(-to)
            : Below(to) - Below(from);

    private static double Below(double x) => x <= 0 ? Tail(-x) : 1 - Tail(x);

    /// <summary>The mass above a point that is not negative: half of erfc, by Press et al. (Numerical Recipes, erfcc), to 1.2e-7 of itself.</summary>
    private static double Tail(double x)
    {
        var z = x / Math.Sqrt(2);
        var t = 1 / (1 + 0.5 * z);
        ReadOnlySpan<double> coefficients =
        [
            0.17087277,
            -0.82215223,
            1.48851587,
            -1.13520398,
            0.27886807,
            -0.18628806,
            0.09678418,
            0.37409196,
            1.00002368,
        ];
        var sum = 0.0;
        foreach (var coefficient in coefficients)
            sum = sum * t + coefficient;
        return 0.5 * t * Math.Exp(-z * z - 1.26551223 + t * sum);
    }
}
