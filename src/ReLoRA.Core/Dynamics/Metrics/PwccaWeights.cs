namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>How the canonical correlations of a PWCCA are weighted.</summary>
public enum PwccaWeights
{
    /// <summary>
    /// The definition of Morcos et al. 2018: canonical variates <c>h_i</c> of the narrower side against its centred columns
    /// <c>z_j</c>, <c>alpha_i = sum_j |h_i . z_j|</c>.
    /// </summary>
    Defined,

    /// <summary>
    /// What the published code computes in its place: directions that are not whitened, to which the columns' means are added
    /// again, made orthonormal, against columns that are not centred. Such a figure changes with a constant added to the
    /// activations, and with the signs that a singular value decomposition happens to give its vectors: of two recorded Gaussian
    /// activations it is 0.265 to 0.272, sign by sign.
    /// </summary>
    Published,
}
