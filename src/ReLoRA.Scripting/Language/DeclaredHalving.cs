namespace ReLoRA.Scripting.Language;

/// <summary>Which trials of a search are stopped early: what <c>Asha(...)</c> returns.</summary>
public sealed record DeclaredHalving
{
    internal DeclaredHalving(int eta, long minTokens, ScriptPlace place) =>
        (Eta, MinTokens, Place) = (eta, minTokens, place);

    internal int Eta { get; }

    internal long MinTokens { get; }

    internal ScriptPlace Place { get; }
}
