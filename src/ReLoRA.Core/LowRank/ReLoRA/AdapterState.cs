using ReLoRA.Core.Models;
using ReLoRA.Core.Optimization;
using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>Reads off adapters and their optimizer state what a reset is held to.</summary>
internal static class AdapterState
{
    /// <summary>Rows of A that are not zero: the rank of the cycle, and 0 where the adapters were started dead.</summary>
    public static int LiveRank(ReLoRALinear linear)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        return (int)linear.A.count_nonzero([1]).count_nonzero().item<long>();
    }

    /// <summary>Fraction of the moments of all A and B that are zero, as far as the ranks of the cycle that ended reach.</summary>
    public static double ZeroFraction(IReadOnlyList<(ReLoRALinear Linear, int Rank)> adapters, AdamW optimizer)
    {
        using var scope = NewDisposeScope();
        var moments = adapters.SelectMany(adapter => Moments(adapter.Linear, adapter.Rank, optimizer)).ToList();
        var zeros = moments.Sum(moment => moment.numel() - moment.count_nonzero().item<long>());
        return (double)zeros / moments.Sum(moment => moment.numel());
    }

    private static IEnumerable<Tensor> Moments(ReLoRALinear linear, int rank, AdamW optimizer) =>
        linear.TrainedFactors.SelectMany(factor =>
        {
            var state = optimizer.MomentsOf(factor.Value);
            return new[] { state.First, state.Second }.Select(moment => moment.narrow(factor.RankDimension, 0, rank));
        });

    /// <summary>Singular values above <c>max(m, n) * eps * largest</c>, in 64 bits with the epsilon of the matrix's own type.</summary>
    public static int NumericalRank(Tensor matrix)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var values = linalg.svdvals(matrix.to(float64)).cpu();
        var epsilon = matrix.dtype.Unit();
        var singular = values.data<double>().ToArray();
        var tolerance = singular.Max() * epsilon * matrix.shape.Max();
        return singular.Count(value => value > tolerance);
    }
}
