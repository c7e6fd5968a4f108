using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Dynamics;

/// <summary>Measures something of the model's linears.</summary>
internal interface IProbe
{
    /// <summary>What is measured, of what, how often.</summary>
    ProbeConfig Config { get; }

    /// <summary>One figure of one linear. Whatever it throws costs the probe, never the run.</summary>
    SpectrumFigure Measure(LinearSpectra linear);
}
