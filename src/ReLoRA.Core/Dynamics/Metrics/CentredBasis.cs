using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>
/// The singular value decomposition of centred activations, over their numerical rank. Its tensors belong to the scope in which it
/// was made.
/// </summary>
internal sealed record CentredBasis(Tensor U_NR, Tensor S_R, Tensor Vt_RP, Spectrum Spectrum)
{
    /// <summary>Directions that are no rounding, of which <see cref="First"/> may have kept fewer.</summary>
    public int Rank => (int)U_NR.shape[1];

    public static CentredBasis Of(Tensor activations)
    {
        var (u, s, vt) = linalg.svd(Activations.Centred(activations).cpu(), fullMatrices: false);
        var values = s.data<double>().ToArray();
        var tolerance =
            Math.Max(activations.shape[0], activations.shape[1])
            * activations.dtype.Unit()
            * Activations.LargestUncentred(activations, values[0]);
        var spectrum = new Spectrum(activations.shape[0], activations.shape[1], values, tolerance);
        return new CentredBasis(u, s, vt, spectrum).First(spectrum.Rank);
    }

    /// <summary>The leading directions only.</summary>
    public CentredBasis First(int count) =>
        this with
        {
            U_NR = U_NR.narrow(1, 0, count),
            S_R = S_R.narrow(0, 0, count),
            Vt_RP = Vt_RP.narrow(0, 0, count),
        };
}
