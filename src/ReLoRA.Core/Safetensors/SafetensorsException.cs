namespace ReLoRA.Core.Safetensors;

/// <summary>A safetensors file that is missing or malformed.</summary>
public sealed class SafetensorsException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="message">Path, what was found, what is allowed.</param>
    /// <param name="innerException">What revealed it.</param>
    public SafetensorsException(SafetensorsFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>What is wrong.</summary>
    public SafetensorsFault Fault { get; }
}
