using ReLoRA.Core.Optimization;
using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>Reads off adapters and their optimizer state what a reset is held to.</summary>
internal static class AdapterState
{
    /// <summary>Fraction of the moments of all A and B that are zero.</summary>
    public static double ZeroFraction(IReadOnlyList<ReLoRALinear> linears, AdamW optimizer)
    {
        using var scope = NewDisposeScope();
        var moments = linears
            .SelectMany(linear => linear.TrainedFactors)
            .Select(factor => optimizer.MomentsOf(factor.Value))
            .SelectMany(state => new[] { state.First, state.Second })
            .ToList();
        var zeros = moments.Sum(moment => moment.numel() - moment.count_nonzero().item<long>());
        return (double)zeros / moments.Sum(moment => moment.numel());
    }

    /// <summary>Singular values above <c>max(m, n) * eps * largest</c>, in 64 bits with the epsilon of the matrix's own type.</summary>
    public static int NumericalRank(Tensor matrix)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var values = linalg.svdvals(matrix.to(float64)).cpu();
        var epsilon = matrix.dtype == ScalarType.Float64 ? Math.ScaleB(1, -52) : Math.ScaleB(1, -23);
        var singular = values.data<double>().ToArray();
        var tolerance = singular.Max() * epsilon * matrix.shape.Max();
        return singular.Count(value => value > tolerance);
    }
}
