using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;

namespace ReLoRA.Core.Dynamics;

/// <summary>Measures something of a model.</summary>
internal interface IProbe
{
    /// <summary>What is measured, of what, when.</summary>
    ProbeConfig Config { get; }

    /// <summary>The figures at one moment. Whatever it throws costs the probe, never the run.</summary>
    IReadOnlyList<ProbeValue> Measure(ProbedMoment moment);
}
