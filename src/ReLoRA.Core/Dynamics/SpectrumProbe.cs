using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Dynamics;

/// <summary>A probe whose figure follows from the singular values.</summary>
internal sealed class SpectrumProbe(ProbeConfig config) : IProbe
{
    public ProbeConfig Config => config;

    public SpectrumFigure Measure(LinearSpectra linear)
    {
        var spectrum = config.Of == ProbeTarget.Weight ? linear.Weight : linear.CumulativeUpdate;
        return config.Metric == ProbeMetric.EffectiveRank ? EffectiveRank.Of(spectrum) : ConditionNumber.Of(spectrum);
    }
}
