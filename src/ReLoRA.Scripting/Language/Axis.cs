namespace ReLoRA.Scripting.Language;

/// <summary>One dimension of a sweep.</summary>
/// <param name="Call">The call as messages show it, for example <c>.Grid(c =&gt; c.LowRank.Rank)</c>.</param>
/// <param name="Path">The knob.</param>
/// <param name="Values">Its values, in order.</param>
/// <param name="Place">Where the script says so.</param>
internal sealed record Axis(string Call, string Path, IReadOnlyList<object?> Values, ScriptPlace Place);
