using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>Two sets of activations, samples by columns, that are to be compared.</summary>
internal static class Activations
{
    /// <summary>Why they cannot be compared; empty where they can.</summary>
    /// <exception cref="ArgumentException">They are not of the same samples.</exception>
    public static string FindingOf(Tensor first, Tensor second)
    {
        if (first.dim() != 2 || second.dim() != 2)
            return Findings.NotAMatrix;
        if (first.shape[0] != second.shape[0])
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"Activations of {first.shape[0]} and of {second.shape[0]} samples: both must be of the same ones, row by row."
                )
            );
        }
        var (one, other) = (FindingOf(first), FindingOf(second));
        return one.Length > 0 ? one : other;
    }

    /// <summary>The activations minus the mean of each column, in 64 bits. The caller's scope owns it.</summary>
    public static Tensor Centred(Tensor activations)
    {
        var exact = activations.to(float64);
        return exact - exact.mean([0], keepdim: true);
    }

    /// <summary>Divided by the largest absolute value, so that fourth powers neither overflow nor vanish.</summary>
    public static Tensor Scaled(Tensor tensor) => tensor / Elements.Largest(tensor);

    /// <summary>
    /// Upper bound of the largest singular value before centring, to which the rounding of what is stored is relative:
    /// <c>sqrt(sigma_1^2 + n |mean|^2)</c>, since columns and their means are orthogonal.
    /// </summary>
    public static double LargestUncentred(Tensor activations, double largest)
    {
        var exact = activations.to(float64);
        var means = exact.mean([0]);
        var length = Norms.Frobenius(means).Value * Math.Sqrt(activations.shape[0]);
        return Math.Sqrt((largest * largest) + (length * length));
    }

    private static string FindingOf(Tensor activations)
    {
        var finding = Elements.FindingOf(activations);
        if (finding.Length > 0)
            return finding;
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        // What is left of equal samples is the rounding of their mean and of their storage.
        var rounding = activations.dtype.Unit() * Norms.Frobenius(activations).Value;
        return Norms.Frobenius(Centred(activations)).Value <= rounding ? Findings.Constant : "";
    }
}
