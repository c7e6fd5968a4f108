namespace ReLoRA.Core.Checkpoints;

/// <summary>What it took to write a checkpoint that is whole now.</summary>
/// <param name="Step">Completed updates that it holds.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Seconds">Time to write it, the disk's own included.</param>
public sealed record SavedCheckpoint(long Step, long Bytes, double Seconds);
