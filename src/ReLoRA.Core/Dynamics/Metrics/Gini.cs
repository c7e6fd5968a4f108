using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Gini's coefficient of the absolute values (Hurley and Rickard 2009): <c>sum_i (2i - n - 1) x_(i) / (n sum x)</c>, x sorted
/// upwards, i from 1. 0 where all are equal, <c>1 - 1/n</c> where one is not 0; about 0.414 for Gaussian elements.
/// </summary>
public static class Gini
{
    /// <summary>The figure of a tensor of any shape, in 64 bits: 0 to 1 - 1/n, or NaN where there is none.</summary>
    /// <param name="tensor">The tensor. Not disposed.</param>
    public static SpectrumFigure Of(Tensor tensor)
    {
        var finding = Elements.FindingOf(tensor);
        if (finding.Length > 0)
            return SpectrumFigure.None(finding);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var count = tensor.numel();
        // Each row is sorted by a thread of its own.
        var rows = Elements.Shares(tensor).view(count % 2 == 0 ? 2 : 1, -1).sort(dim: 1).Values.cpu();
        var (weighted, sum) = Sums(rows.data<double>().ToArray(), (int)rows.shape[1]);
        return SpectrumFigure.Of(Math.Max(0, 2 * weighted / (count * sum)));
    }

    /// <summary><c>sum (i - mean of i) x_(i)</c> and <c>sum x</c> over one or two sorted halves. The first is exactly 0 where all elements are equal.</summary>
    private static (double Weighted, double Sum) Sums(ReadOnlySpan<double> halves, int half)
    {
        var (first, second) = (0, half);
        var (weighted, sum, centre) = (0.0, 0.0, (halves.Length - 1) / 2.0);
        for (var i = 0; i < halves.Length; i++)
        {
            var isFirst = first < half && (second == halves.Length || halves[first] <= halves[second]);
            var next = halves[isFirst ? first++ : second++];
            weighted += (i - centre) * next;
            sum += next;
        }
        return (weighted, sum);
    }
}
