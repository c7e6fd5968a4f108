namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>Which estimate of HSIC a CKA is the ratio of.</summary>
public enum CkaEstimator
{
    /// <summary>Gretton et al. 2005, as published; too high where samples are few beside columns.</summary>
    Biased,

    /// <summary>The unbiased one of Song et al. 2012; its expectation is 0 for independent activations, so it may be negative.</summary>
    Debiased,
}
