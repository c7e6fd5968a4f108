namespace ReLoRA.Scripting.Cleaning;

/// <summary>What was freed of a cell, or would be.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Steps">The checkpoints freed.</param>
/// <param name="Bytes">What they take.</param>
/// <param name="Kept">Why others stayed, a sentence each; mostly empty.</param>
public sealed record FreedCell(string Id, IReadOnlyList<long> Steps, long Bytes, IReadOnlyList<string> Kept);
