using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Dynamics.Metrics;

/// <summary>Matrices of known figures, in 64 bits. Draws come from a generator of their own.</summary>
internal static class Matrices
{
    /// <summary>Machine epsilon of the type in which these are stored.</summary>
    public const double Epsilon = 2.220446049250313e-16;

    /// <summary>Gaussian elements; another seed gives another matrix.</summary>
    public static Tensor Gaussian(long rows, long columns, ulong seed = 1)
    {
        using var generator = new Generator(seed);
        return randn([rows, columns], dtype: float64, generator: generator);
    }

    /// <summary>An orthogonal matrix.</summary>
    public static Tensor Rotation(long size, ulong seed = 9)
    {
        var (basis, _) = linalg.qr(Gaussian(size, size, seed));
        return basis;
    }

    /// <summary>A matrix of the given singular values between two rotations.</summary>
    public static Tensor WithSingularValues(params double[] values)
    {
        var size = values.Length;
        return mm(Rotation(size, 3) * tensor(values), Rotation(size, 4));
    }

    /// <summary>The product of Gaussian factors.</summary>
    public static Tensor Product(long rows, long columns, long rank) =>
        mm(Gaussian(rows, rank, 5), Gaussian(rank, columns, 6));
}
