using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Dynamics;

/// <summary>A probe whose figure a script computes. Whether the script still has it is seen when it is first asked for.</summary>
internal sealed class ScriptProbe(ProbeConfig config, IScriptFigures figures) : IProbe
{
    private Func<ProbedLinear, double>? figure;

    public ProbeConfig Config => config;

    public SpectrumFigure Measure(LinearSpectra linear)
    {
        figure ??= figures.Find(config.Name);
        var value = figure(new ProbedLinear(linear));
        return new SpectrumFigure(value, double.IsFinite(value) ? "" : "not finite");
    }
}
