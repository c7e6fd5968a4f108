namespace ReLoRA.Core.Checkpoints;

/// <summary>One file of a checkpoint, as its manifest describes it.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash, in hexadecimal.</param>
public sealed record CheckpointFile(string Name, long Bytes, string Sha256);
