using static TorchSharp.torch;

namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>The singular values of an adapter's product, found in its two factors without a full matrix.</summary>
internal static class UpdateSpectrum
{
    /// <summary>Singular values of s B A in descending order, as many as the adapter has ranks, in 64 bits.</summary>
    /// <param name="linear">The adapter's linear.</param>
    /// <param name="rank">Its rank at the moment.</param>
    public static double[] Of(ReLoRALinear linear, int rank)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        // B = Q R and A' = P S: Q and P turn, so that B A has the singular values of the small R S'.
        var (_, r_RR) = linalg.qr(linear.ScaledB().narrow(1, 0, rank), linalg.QRMode.R);
        var (_, s_RR) = linalg.qr(linear.A.to(float64).narrow(0, 0, rank).t(), linalg.QRMode.R);
        return linalg.svdvals(mm(r_RR, s_RR.t())).cpu().data<double>().ToArray();
    }
}
