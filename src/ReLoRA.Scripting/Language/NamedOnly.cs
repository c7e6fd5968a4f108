namespace ReLoRA.Scripting.Language;

/// <summary>
/// A parameter that nobody gives: it makes the compiler ask for the names of those behind it, so that <c>.Seeds(3)</c>, which
/// could mean three seeds or seed 3, does not compile.
/// </summary>
public readonly struct NamedOnly;
