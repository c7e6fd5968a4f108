namespace ReLoRA.Core.Dynamics;

/// <summary>A script's figure took too long or too much memory. Its thread goes on.</summary>
/// <param name="reason">Why it was given up.</param>
/// <param name="isUrgent">Whether it takes ever more memory, so that its process has no time left to save the run.</param>
internal sealed class FigureAbandonedException(string reason, bool isUrgent = false) : Exception(reason)
{
    public bool IsUrgent => isUrgent;
}
