using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language;

/// <summary>A probe that a script declares; <c>EffectiveRank(...)</c> and <c>ConditionNumber(...)</c> make them.</summary>
public sealed class DeclaredProbe
{
    internal DeclaredProbe(string call, ProbeConfig config, ScriptPlace place) =>
        (Call, Config, Place) = (call, config, place);

    internal string Call { get; }

    internal ProbeConfig Config { get; }

    internal ScriptPlace Place { get; }
}
