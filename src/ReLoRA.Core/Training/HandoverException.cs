namespace ReLoRA.Core.Training;

/// <summary>This process has to end before a script's figure takes all memory. Another goes on from the last checkpoint, without the figure.</summary>
/// <param name="note">What the log has been told.</param>
internal sealed class HandoverException(string note) : Exception(note);
