using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;

namespace ReLoRA.Core.Dynamics;

/// <summary>A probe whose figure a script computes. Whether the script still has it is seen when it is first asked for.</summary>
internal sealed class ScriptProbe(ProbeConfig config, IScriptFigures figures) : IProbe
{
    private Func<ProbedLinear, ProbeFigure>? figure;

    public ProbeConfig Config => config;

    public IReadOnlyList<ProbeValue> Measure(ProbedMoment moment)
    {
        figure ??= figures.Find(config.Name);
        var watch = new FigureWatch(TimeSpan.FromSeconds(config.LimitSeconds));
        return watch.Run(() =>
            moment
                .Source.Names(config.Of)
                .Where(name => LayerPattern.Matches(config.Layers, name))
                .Select(name => ProbeValues.Of(name, Figure(new ProbedLinear(name, moment, config.Rows))))
                .ToList()
        );
    }

    private ProbeFigure Figure(ProbedLinear linear)
    {
        // What the script makes of tensors is freed with its figure.
        using var scope = TorchSharp.torch.NewDisposeScope();
        var found = figure!(linear);
        return found.Vector.Count > 0 || double.IsFinite(found.Value) || found.Finding.Length > 0
            ? found
            : found with
            {
                Finding = Metrics.Findings.NotFinite,
            };
    }
}
