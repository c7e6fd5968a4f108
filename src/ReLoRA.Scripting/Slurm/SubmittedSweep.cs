namespace ReLoRA.Scripting.Slurm;

/// <summary>What there is to say of a sweep that was submitted, beside each cell's own words.</summary>
/// <param name="Fault">Why the scheduler could not be asked; empty where it answered.</param>
/// <param name="Notes">For people, a sentence each: what waits for ever, what a node lacks, what is in nobody's hand.</param>
public sealed record SubmittedSweep(string Fault, IReadOnlyList<string> Notes);
