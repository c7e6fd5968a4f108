namespace ReLoRA.Scripting.Searching;

/// <summary>A trial to be brought to a rung.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Rung">The rung.</param>
internal sealed record SearchJob(SearchTrial Trial, int Rung);
