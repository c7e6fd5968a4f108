namespace ReLoRA.Results.Runs;

/// <summary>A file of a run folder that is not what it should be.</summary>
public sealed class RunFileException : Exception
{
    /// <summary>Creates the fault.</summary>
    /// <param name="path">The file.</param>
    /// <param name="message">What was found.</param>
    /// <param name="innerException">What the reader said.</param>
    public RunFileException(string path, string message, Exception? innerException = null)
        : base($"{path}: {message}", innerException) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
