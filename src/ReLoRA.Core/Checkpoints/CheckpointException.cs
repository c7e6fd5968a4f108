namespace ReLoRA.Core.Checkpoints;

/// <summary>A checkpoint that is missing, damaged, or of another run.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Path, what was found, what was expected, remedy.</param>
    public CheckpointException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Path, what was found, what was expected, remedy.</param>
    /// <param name="innerException">The cause.</param>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException) { }
}
