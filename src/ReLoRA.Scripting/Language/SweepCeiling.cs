namespace ReLoRA.Scripting.Language;

/// <summary>The ceiling of a whole sweep.</summary>
/// <param name="Tokens">Most tokens that all cells together may train on; none where null.</param>
/// <param name="Wall">The time after which no further cell starts; none where null.</param>
/// <param name="Place">Where the script says so.</param>
internal sealed record SweepCeiling(long? Tokens, TimeSpan? Wall, ScriptPlace Place);
