using ReLoRA.Core.Configuration;
using ReLoRA.Results.Log;

namespace ReLoRA.Core.Dynamics;

/// <summary>A probe whose figure a script computes. Whether the script still has it is seen when it is first asked for.</summary>
/// <param name="config">The probe.</param>
/// <param name="figures">Gives the figure.</param>
/// <param name="allowance">Bytes that the lab itself may take for what the figure asks for.</param>
internal sealed class ScriptProbe(ProbeConfig config, IScriptFigures figures, long allowance = 0) : IProbe
{
    /// <summary>To compile and execute the script.</summary>
    private static readonly TimeSpan LoadLimit = TimeSpan.FromSeconds(120);

    private Func<ProbedLinear, ProbeFigure>? figure;

    public ProbeConfig Config => config;

    public IReadOnlyList<ProbeValue> Measure(ProbedMoment moment)
    {
        var watch = new FigureWatch(TimeSpan.FromSeconds(config.LimitSeconds), allowance: allowance);
        try
        {
            figure ??= new FigureWatch(LoadLimit).Run(() => figures.Find(config.Name));
            return watch.Run(() => Figures(moment));
        }
#pragma warning disable CA1031 // Whatever it is, it is told with the script's line.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            throw FigureFaults.At(figures.Place(config.Name, e), e);
        }
    }

    private List<ProbeValue> Figures(ProbedMoment moment) =>
        [
            .. moment
                .Source.Names(config.Of)
                .Where(name => LayerPattern.Matches(config.Layers, name))
                .Select(name => ProbeValues.Of(name, Figure(new ProbedLinear(name, moment, config.Rows)))),
        ];

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
