using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics;

/// <summary>
/// A matrix's singular values in 64 bits. Those at or below <see cref="Tolerance"/> are rounding of the numbers the matrix was
/// computed from and are not told apart from zero.
/// </summary>
public sealed class Spectrum
{
    internal Spectrum(long rows, long columns, IReadOnlyList<double> values, double tolerance, string finding = "")
    {
        (Rows, Columns, Values, Tolerance) = (rows, columns, values, tolerance);
        Rank = values.Count(value => value > tolerance);
        Finding =
            finding.Length > 0 ? finding
            : values.Any(value => !double.IsFinite(value)) ? Findings.NotFinite
            : values[0] == 0 ? Findings.ZeroMatrix
            : Rank == 0 ? Findings.BelowRounding
            : "";
    }

    /// <summary>The matrix's rows.</summary>
    public long Rows { get; }

    /// <summary>The matrix's columns.</summary>
    public long Columns { get; }

    /// <summary>The singular values, largest first; as many as the shorter side is long, and none of what is no matrix.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Where rounding ends.</summary>
    public double Tolerance { get; }

    /// <summary>The numerical rank: singular values above <see cref="Tolerance"/>.</summary>
    public int Rank { get; }

    /// <summary>
    /// Why the matrix has no figures: <c>not finite</c>, <c>zero matrix</c>, <c>below rounding</c>, <c>empty</c> or <c>not a
    /// matrix</c>; else empty.
    /// </summary>
    public string Finding { get; }

    /// <summary>Whether the numerical rank is below the shorter side.</summary>
    public bool IsRankDeficient => Rank < Values.Count;

    /// <summary>The spectrum of a stored matrix: <c>tolerance = max(rows, columns) * epsilon * largest</c>, as in NumPy's and PyTorch's <c>matrix_rank</c>.</summary>
    /// <param name="matrix">The matrix. Not disposed.</param>
    /// <param name="epsilon">Machine epsilon of the type in which the matrix is stored.</param>
    public static Spectrum Of(Tensor matrix, double epsilon) =>
        Measured(matrix, values => Longer(matrix) * epsilon * values[0]);

    /// <summary>
    /// The spectrum of a matrix that was rounded once to a narrow type such as bfloat16: <c>tolerance = epsilon / 2 * Frobenius
    /// norm</c>, above which no rounding to nearest can lift a singular value. The rule of <see cref="Of"/> passes the largest
    /// singular value itself in bfloat16, from 128 columns on.
    /// </summary>
    /// <param name="matrix">The matrix. Not disposed.</param>
    /// <param name="epsilon">Machine epsilon of the type to which it was rounded.</param>
    public static Spectrum OfRounded(Tensor matrix, double epsilon) =>
        Measured(matrix, values => epsilon / 2 * Norms.Root(values));

    /// <summary>The spectrum of a matrix as its type has it: <see cref="OfRounded"/> in 16 bits, else <see cref="Of"/>.</summary>
    /// <param name="matrix">The matrix. Not disposed.</param>
    public static Spectrum OfStored(Tensor matrix) => Measured(matrix, values => Stored(matrix, values));

    /// <summary>
    /// The spectrum of a difference of stored matrices. Its rounding is that of the matrices subtracted, however small the
    /// difference is: <c>tolerance = max(rows, columns) * epsilon * largest of the minuend</c>.
    /// </summary>
    /// <param name="difference">The difference. Not disposed.</param>
    /// <param name="epsilon">Machine epsilon of the type in which the matrices are stored.</param>
    /// <param name="minuend">The spectrum of the matrix from which was subtracted.</param>
    public static Spectrum OfDifference(Tensor difference, double epsilon, Spectrum minuend) =>
        Measured(difference, _ => Longer(difference) * epsilon * minuend.Values[0]);

    /// <summary>That of singular values which a decomposition already gave, with the tolerance of <see cref="OfStored(Tensor)"/>.</summary>
    internal static Spectrum OfStored(Tensor matrix, IReadOnlyList<double> values) =>
        new(matrix.shape[0], matrix.shape[1], values, Stored(matrix, values));

    /// <summary>That of singular values which a decomposition already gave.</summary>
    /// <param name="rows">The matrix's rows.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="values">The singular values, largest first.</param>
    /// <param name="rounded">The type to which its numbers, or those of the minuend, were rounded.</param>
    /// <param name="minuend">For a difference: the spectrum of the matrix from which was subtracted.</param>
    internal static Spectrum OfValues(
        long rows,
        long columns,
        IReadOnlyList<double> values,
        ScalarType rounded,
        Spectrum? minuend = null
    ) => new(rows, columns, values, ToleranceOf(rounded, Math.Max(rows, columns), minuend?.Values ?? values));

    private static double Stored(Tensor matrix, IReadOnlyList<double> values) =>
        ToleranceOf(matrix.dtype, Longer(matrix), values);

    private static double ToleranceOf(ScalarType type, long longer, IReadOnlyList<double> values) =>
        type.Unit() * (type is ScalarType.BFloat16 or ScalarType.Float16 ? Norms.Root(values) / 2 : longer * values[0]);

    private static Spectrum Measured(Tensor matrix, Func<IReadOnlyList<double>, double> tolerance)
    {
        if (matrix.dim() != 2)
            return new Spectrum(0, 0, [], 0, Findings.NotAMatrix);
        if (matrix.numel() == 0)
            return new Spectrum(matrix.shape[0], matrix.shape[1], [], 0, Findings.Empty);
        var values = SingularValues(matrix);
        return new Spectrum(matrix.shape[0], matrix.shape[1], values, tolerance(values));
    }

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
