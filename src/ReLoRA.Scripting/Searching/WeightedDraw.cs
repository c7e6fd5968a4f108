namespace ReLoRA.Scripting.Searching;

/// <summary>Draws a place by weights.</summary>
internal static class WeightedDraw
{
    /// <param name="weights">They sum to 1.</param>
    /// <param name="share">Uniform in [0, 1).</param>
    public static int Of(double[] weights, double share)
    {
        for (var i = 0; i < weights.Length - 1; i++)
        {
            share -= weights[i];
            if (share < 0)
                return i;
        }
        return weights.Length - 1;
    }
}
