namespace ReLoRA.Data;

/// <summary>A fault in a file, folder or value of the user's. The message names place, found, expected and remedy.</summary>
/// <param name="fault">What is wrong.</param>
/// <param name="message">Place, found, expected, remedy.</param>
/// <param name="inner">The exception that revealed the fault.</param>
public sealed class DataException(DataFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What is wrong.</summary>
    public DataFault Fault { get; } = fault;
}
