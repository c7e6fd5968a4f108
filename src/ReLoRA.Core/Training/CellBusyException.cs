namespace ReLoRA.Core.Training;

/// <summary>Another process works on the cell.</summary>
public sealed class CellBusyException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="message">Which cell, and which process.</param>
    public CellBusyException(string message)
        : base(message) { }
}
