using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Slurm;

/// <summary>What became of a sweep that was submitted.</summary>
/// <param name="Sweep">Its name.</param>
/// <param name="Jobs">The array jobs; none where nothing was missing.</param>
/// <param name="Notes">What a user should know, a sentence each.</param>
public sealed record SubmittedJobs(string Sweep, IReadOnlyList<SlurmJob> Jobs, IReadOnlyList<string> Notes);
