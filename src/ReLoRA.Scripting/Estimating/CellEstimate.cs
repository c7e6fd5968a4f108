using ReLoRA.Core.Accounting;

namespace ReLoRA.Scripting.Estimating;

/// <summary>What a cell takes.</summary>
/// <param name="Size">Parameters and operations.</param>
/// <param name="MemoryBytes">Memory at most, estimated.</param>
/// <param name="DiskBytes">Log and checkpoints once it is finished, estimated.</param>
/// <param name="SecondsLeft">Time to its end where its worker has what it was timed with; NaN where not known.</param>
/// <param name="Source">Where the time comes from.</param>
public sealed record CellEstimate(
    RunSize Size,
    long MemoryBytes,
    long DiskBytes,
    double SecondsLeft,
    TimeSource Source
);
