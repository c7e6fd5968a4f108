namespace ReLoRA.Results.Runs;

/// <summary>A process that trains a cell has been replaced by another: it ends, and writes nothing more.</summary>
public sealed class CellReplacedException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="message">The cell, and who has it now.</param>
    public CellReplacedException(string message)
        : base(message) { }
}
