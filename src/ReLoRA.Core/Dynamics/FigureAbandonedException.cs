namespace ReLoRA.Core.Dynamics;

/// <summary>A script's figure took too long or too much memory. Its thread may go on.</summary>
/// <param name="reason">Why it was given up.</param>
internal sealed class FigureAbandonedException(string reason) : Exception(reason);
