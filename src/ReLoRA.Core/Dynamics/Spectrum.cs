using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics;

/// <summary>
/// A matrix's singular values in 64 bits. Those at or below <see cref="Tolerance"/> are rounding of the numbers the matrix was
/// computed from and are not told apart from zero.
/// </summary>
public sealed class Spectrum
{
    private Spectrum(Tensor matrix, IReadOnlyList<double> values, double tolerance)
    {
        (Rows, Columns, Values, Tolerance) = (matrix.shape[0], matrix.shape[1], values, tolerance);
        Rank = values.Count(value => value > tolerance);
        Finding =
            values.Any(value => !double.IsFinite(value)) ? "not finite"
            : values[0] == 0 ? "zero matrix"
            : Rank == 0 ? "below rounding"
            : "";
    }

    /// <summary>The matrix's rows.</summary>
    public long Rows { get; }

    /// <summary>The matrix's columns.</summary>
    public long Columns { get; }

    /// <summary>The singular values, largest first; as many as the shorter side is long.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Where rounding ends.</summary>
    public double Tolerance { get; }

    /// <summary>The numerical rank: singular values above <see cref="Tolerance"/>.</summary>
    public int Rank { get; }

    /// <summary>Why the matrix has no figures: <c>not finite</c>, <c>zero matrix</c> or <c>below rounding</c>; else empty.</summary>
    public string Finding { get; }

    /// <summary>Whether the numerical rank is below the shorter side.</summary>
    public bool IsRankDeficient => Rank < Values.Count;

    /// <summary>The spectrum of a stored matrix: <c>tolerance = max(rows, columns) * epsilon * largest</c>, as in NumPy's and PyTorch's <c>matrix_rank</c>.</summary>
    /// <param name="matrix">The matrix, of at least one row and column. Not disposed.</param>
    /// <param name="epsilon">Machine epsilon of the type in which the matrix is stored.</param>
    public static Spectrum Of(Tensor matrix, double epsilon)
    {
        var values = SingularValues(matrix);
        return new Spectrum(matrix, values, Longer(matrix) * epsilon * values[0]);
    }

    /// <summary>
    /// The spectrum of a difference of stored matrices. Its rounding is that of the matrices subtracted, however small the
    /// difference is: <c>tolerance = max(rows, columns) * epsilon * largest of the minuend</c>.
    /// </summary>
    /// <param name="difference">The difference. Not disposed.</param>
    /// <param name="epsilon">Machine epsilon of the type in which the matrices are stored.</param>
    /// <param name="minuend">The spectrum of the matrix from which was subtracted.</param>
    public static Spectrum OfDifference(Tensor difference, double epsilon, Spectrum minuend) =>
        new(difference, SingularValues(difference), Longer(difference) * epsilon * minuend.Values[0]);

    private static long Longer(Tensor matrix) => Math.Max(matrix.shape[0], matrix.shape[1]);

    private static double[] SingularValues(Tensor matrix)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var exact = matrix.to(float64).cpu();
        // LAPACK refuses such a matrix, or never returns.
        if (!exact.isfinite().all().item<bool>())
            return [.. Enumerable.Repeat(double.NaN, (int)Math.Min(matrix.shape[0], matrix.shape[1]))];
        return linalg.svdvals(exact).data<double>().ToArray();
    }
}
