using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// Norms of a matrix. They are continuous, so that singular values which are rounding do no more harm than they are large: all
/// count, and a zero matrix has the norm 0.
/// </summary>
public static class Norms
{
    /// <summary><c>sqrt(sum x^2)</c> of a tensor of any shape, in 64 bits, scaled so that no square overflows.</summary>
    /// <param name="tensor">The tensor. Not disposed.</param>
    public static SpectrumFigure Frobenius(Tensor tensor) =>
        OfElements(
            tensor,
            () =>
            {
                var shares = Elements.Shares(tensor);
                return Elements.Largest(tensor).item<double>() * Math.Sqrt((shares * shares).sum().item<double>());
            }
        );

    /// <summary><c>max |x|</c> of a tensor of any shape: the published code's <c>inf</c>, which is no operator norm.</summary>
    /// <param name="tensor">The tensor. Not disposed.</param>
    public static SpectrumFigure Max(Tensor tensor) =>
        OfElements(tensor, () => Elements.Largest(tensor).item<double>());

    /// <summary><c>sqrt(sum sigma^2)</c>: the Frobenius norm where a spectrum is at hand.</summary>
    /// <param name="spectrum">The singular values.</param>
    public static SpectrumFigure Frobenius(Spectrum spectrum) => OfSpectrum(spectrum, Root);

    /// <summary><c>sum sigma</c>.</summary>
    /// <param name="spectrum">The singular values.</param>
    public static SpectrumFigure Nuclear(Spectrum spectrum) => OfSpectrum(spectrum, values => values.Sum());

    /// <summary><c>sigma_1</c>: the operator norm.</summary>
    /// <param name="spectrum">The singular values.</param>
    public static SpectrumFigure Spectral(Spectrum spectrum) => OfSpectrum(spectrum, values => values[0]);

    internal static double Root(IReadOnlyList<double> values) =>
        values[0] == 0 ? 0 : values[0] * Math.Sqrt(values.Sum(value => Math.Pow(value / values[0], 2)));

    private static SpectrumFigure OfElements(Tensor tensor, Func<double> norm)
    {
        var finding = Elements.FindingOf(tensor);
        if (finding.Length > 0)
            return finding == Findings.ZeroMatrix ? new SpectrumFigure(0) : SpectrumFigure.None(finding);
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return SpectrumFigure.Of(norm());
    }

    private static SpectrumFigure OfSpectrum(Spectrum spectrum, Func<IReadOnlyList<double>, double> norm) =>
        spectrum.Finding switch
        {
            "" or Findings.ZeroMatrix => SpectrumFigure.Of(norm(spectrum.Values)),
            Findings.BelowRounding => SpectrumFigure.Of(norm(spectrum.Values), spectrum.Finding),
            _ => SpectrumFigure.None(spectrum.Finding),
        };
}
