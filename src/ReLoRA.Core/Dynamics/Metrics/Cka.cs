using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Linear centred kernel alignment (Kornblith et al. 2019) of two sets of activations on the same samples:
/// <c>HSIC(X, Y) / sqrt(HSIC(X, X) HSIC(Y, Y))</c> with linear kernels and centred columns. Biased, HSIC is
/// <c>|X^T Y|_F^2</c> up to a factor; debiased, with <c>x_i</c> and <c>y_i</c> the squared lengths of row i of n,
/// <c>|X^T Y|_F^2 - n/(n-2) sum x_i y_i + (sum x_i)(sum y_i) / ((n-1)(n-2))</c>. Never an n x n matrix.
/// </summary>
public static class Cka
{
    /// <summary>
    /// The figure of two activations, in 64 bits: 0 to 1, debiased at most 1; NaN where there is none. Unchanged by rotations of
    /// the columns, by one factor for all and by a constant added to each column.
    /// </summary>
    /// <param name="first">Samples by columns. Not disposed.</param>
    /// <param name="second">The same samples by columns, which may be another number of columns. Not disposed.</param>
    /// <param name="estimator">Which estimate of HSIC.</param>
    public static SpectrumFigure Of(Tensor first, Tensor second, CkaEstimator estimator = CkaEstimator.Biased)
    {
        var finding = Activations.FindingOf(first, second);
        var samples = finding == Findings.NotAMatrix ? 0 : first.shape[0];
        if (finding.Length == 0 && samples < (estimator == CkaEstimator.Biased ? 2 : 4))
            finding = Findings.TooFewSamples;
        if (finding.Length > 0)
            return SpectrumFigure.None(finding);

        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var (x_NP, y_NQ) = (
            Activations.Scaled(Activations.Centred(first)),
            Activations.Scaled(Activations.Centred(second))
        );
        var hsic = estimator == CkaEstimator.Biased ? (Func<Tensor, Tensor, double>)Biased : Debiased;
        var (own, other) = (hsic(x_NP, x_NP), hsic(y_NQ, y_NQ));
        if (own <= 0 || other <= 0)
            return SpectrumFigure.None(Findings.NotResolved);
        var few = estimator == CkaEstimator.Biased && samples <= Math.Max(first.shape[1], second.shape[1]);
        return SpectrumFigure.Of(
            Math.Min(1, hsic(x_NP, y_NQ) / Math.Sqrt(own * other)),
            few ? Findings.FewerSamples : ""
        );
    }

    private static double Biased(Tensor x_NP, Tensor y_NQ)
    {
        var product_PQ = mm(x_NP.t(), y_NQ);
        return (product_PQ * product_PQ).sum().item<double>();
    }

    private static double Debiased(Tensor x_NP, Tensor y_NQ)
    {
        double n = x_NP.shape[0];
        var (x_N, y_N) = ((x_NP * x_NP).sum(1), (y_NQ * y_NQ).sum(1));
        return Biased(x_NP, y_NQ)
            - (n / (n - 2) * (x_N * y_N).sum().item<double>())
            + (x_N.sum().item<double>() * y_N.sum().item<double>() / ((n - 1) * (n - 2)));
    }
}
