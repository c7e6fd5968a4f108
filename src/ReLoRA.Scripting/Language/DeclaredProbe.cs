using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;

namespace ReLoRA.Scripting.Language;

/// <summary>
/// A probe that a script declares; <c>EffectiveRank(...)</c>, <c>Measure(...)</c> and their like make them. Its calls add moments at which
/// is measured; each returns another probe and leaves this one as it is.
/// </summary>
public sealed class DeclaredProbe
{
    internal DeclaredProbe(string call, ProbeConfig config, ScriptPlace place) =>
        (Call, Config, Place) = (call, config, place);

    internal string Call { get; }

    internal ProbeConfig Config { get; }

    /// <summary>The script's own figure; null for the lab's.</summary>
    internal Func<ProbedLinear, ProbeFigure>? Figure { get; init; }

    internal ScriptPlace Place { get; }

    /// <summary>Measures at these steps too; several calls add up.</summary>
    /// <param name="steps">Completed steps: <c>.At(1, 10, 100)</c>.</param>
    public DeclaredProbe At(params int[] steps) => With(Config with { At = [.. Config.At, .. steps] });

    /// <summary>Measures at steps that are evenly spread on a logarithmic scale too: with 3 a decade at 1, 2, 5, 10, 22, 46, 100.</summary>
    /// <param name="perDecade">Measurements in each tenfold of steps. Default: 3.</param>
    public DeclaredProbe LogSpaced(int perDecade = 3) => With(Config with { PerDecade = perDecade });

    /// <summary>Measures so many steps after each reset too; several calls add up.</summary>
    /// <param name="steps">For example <c>.AfterResets(1, 10)</c>: 1 is after the first update that follows the reset.</param>
    public DeclaredProbe AfterResets(params int[] steps) =>
        With(Config with { AfterResets = [.. Config.AfterResets, .. steps] });

    /// <summary>Measures where the learning rate has warmed up again after each reset too.</summary>
    public DeclaredProbe WhenRewarmed() => With(Config with { WhenRewarmed = true });

    private DeclaredProbe With(ProbeConfig config) => new(Call, config, Place) { Figure = Figure };
}
