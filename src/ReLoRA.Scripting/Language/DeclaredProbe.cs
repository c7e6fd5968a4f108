using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics;

namespace ReLoRA.Scripting.Language;

/// <summary>A probe that a script declares; <c>EffectiveRank(...)</c>, <c>ConditionNumber(...)</c> and <c>Measure(...)</c> make them.</summary>
public sealed class DeclaredProbe
{
    internal DeclaredProbe(string call, ProbeConfig config, ScriptPlace place) =>
        (Call, Config, Place) = (call, config, place);

    internal string Call { get; }

    internal ProbeConfig Config { get; }

    /// <summary>The script's own figure; null for the lab's.</summary>
    internal Func<ProbedLinear, ProbeFigure>? Figure { get; init; }

    internal ScriptPlace Place { get; }
}
