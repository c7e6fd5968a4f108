namespace ReLoRA.Scripting.Language;

/// <summary>That a sweep is a search.</summary>
/// <param name="Search">How.</param>
/// <param name="Place">Where the script says so.</param>
internal sealed record SearchRule(DeclaredSearch Search, ScriptPlace Place);
