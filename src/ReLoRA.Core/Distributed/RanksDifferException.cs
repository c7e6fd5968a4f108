namespace ReLoRA.Core.Distributed;

/// <summary>Processes of one run hold different weights.</summary>
public sealed class RanksDifferException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="message">Which weight, in which process, when.</param>
    public RanksDifferException(string message)
        : base(message) { }
}
