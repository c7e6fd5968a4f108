namespace ReLoRA.Results.Log;

/// <summary>A run log that cannot be read or continued. Damage in it is no such fault: see <see cref="RunLog.Damages"/>.</summary>
public sealed class LogFormatException : Exception
{
    /// <summary>Creates the fault.</summary>
    /// <param name="fault">What kind it is.</param>
    /// <param name="offset">Where in the file, in bytes.</param>
    /// <param name="message">What was found, what is allowed.</param>
    /// <param name="innerException">What the reader of bytes said, if anything.</param>
    public LogFormatException(LogFault fault, long offset, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Fault = fault;
        Offset = offset;
    }

    /// <summary>What kind of fault it is.</summary>
    public LogFault Fault { get; }

    /// <summary>Where in the file, in bytes.</summary>
    public long Offset { get; }
}
