namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>A reset that promised to keep the function and did not. The run stops: its numbers would mean something else.</summary>
public sealed class ResetViolationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The reset, what was measured and what was allowed.</param>
    public ResetViolationException(string message)
        : base(message) { }
}
