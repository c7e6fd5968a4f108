namespace ReLoRA.Core.Training;

/// <summary>A checkpoint that a resume could not use.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Reason">What is wrong with it, or with the log that it refers to.</param>
internal sealed record PassedOver(long Step, string Reason);
