using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Results.Log;

namespace ReLoRA.Core.Dynamics;

/// <summary>A probe of one of the lab's metrics.</summary>
internal sealed class CatalogueProbe(ProbeConfig config) : IProbe
{
    public ProbeConfig Config => config;

    public IReadOnlyList<ProbeValue> Measure(ProbedMoment moment) =>
        [
            .. Measurement
                .Of(config, moment.Source, () => moment.Reference.Value)
                .Select(found => ProbeValues.Of(found.Name, found.Figure)),
        ];
}
