namespace ReLoRA.Core.Dynamics;

/// <summary>A matrix as a script's figure sees it: numbers only, nothing to dispose.</summary>
public sealed class ProbedMatrix
{
    private readonly Spectrum spectrum;

    internal ProbedMatrix(Spectrum spectrum) => this.spectrum = spectrum;

    /// <summary>Rows: the linear's outputs.</summary>
    public long Rows => spectrum.Rows;

    /// <summary>Columns: the linear's inputs.</summary>
    public long Columns => spectrum.Columns;

    /// <summary>Singular values that are no rounding: docs/probes.md.</summary>
    public int Rank => spectrum.Rank;

    /// <summary>The singular values, largest first; as many as the shorter side is long. NaN where the matrix is not finite.</summary>
    public IReadOnlyList<double> SingularValues() => spectrum.Values;

    /// <summary>The Frobenius norm.</summary>
    public double Norm() => Math.Sqrt(spectrum.Values.Sum(value => value * value));
}
