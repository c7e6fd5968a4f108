namespace ReLoRA.Core.Tests.Checkpoints;

/// <summary>Stands for a kill: no code under test expects it.</summary>
public sealed class KilledException : Exception;
