namespace ReLoRA.Core.Pickle;

/// <summary>A file of PyTorch's that is missing, damaged, or holds something other than a dictionary of tensors.</summary>
public sealed class PickleException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fault">Why the file is refused.</param>
    /// <param name="message">Path, what was found, what is allowed.</param>
    /// <param name="innerException">What revealed it.</param>
    public PickleException(PickleFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    /// <summary>Why the file is refused.</summary>
    public PickleFault Fault { get; }
}
