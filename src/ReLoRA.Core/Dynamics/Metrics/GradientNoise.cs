namespace ReLoRA.Core.Dynamics.Metrics;

/// <summary>Estimates of McCandlish et al. 2018, appendix A.1. Those of one step vary widely: average the first two over steps, then divide.</summary>
/// <param name="SquaredGradient">Unbiased estimate of the squared length of the true gradient; negative where noise covers it.</param>
/// <param name="Noise">Unbiased estimate of the trace of the covariance of one sample's gradient.</param>
/// <param name="Scale">Their ratio <c>noise / squared gradient</c>, in samples: the simple noise scale.</param>
public sealed record GradientNoise(SpectrumFigure SquaredGradient, SpectrumFigure Noise, SpectrumFigure Scale);
