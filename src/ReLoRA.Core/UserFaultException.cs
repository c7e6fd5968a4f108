namespace ReLoRA.Core;

/// <summary>
/// A fault of the user's: shown as one message without a stack. The message names the place, the value found, what is
/// allowed and the remedy.
/// </summary>
public sealed class UserFaultException : Exception
{
    /// <summary>Creates the fault.</summary>
    /// <param name="message">Place, value, what is allowed, remedy.</param>
    public UserFaultException(string message)
        : base(message) { }

    /// <summary>Creates the fault with the exception that revealed it.</summary>
    /// <param name="message">Place, value, what is allowed, remedy.</param>
    /// <param name="innerException">The exception that revealed the fault.</param>
    public UserFaultException(string message, Exception innerException)
        : base(message, innerException) { }
}
