using ReLoRA.Core.Accounting;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Scripting.Estimating;

/// <summary>What a cell takes.</summary>
/// <param name="Size">Parameters and operations.</param>
/// <param name="MemoryBytes">Memory at most, estimated.</param>
/// <param name="Report">How far it is.</param>
/// <param name="DiskBytesUsed">What its folder takes now.</param>
/// <param name="DiskBytes">Log and checkpoints once it is finished, estimated.</param>
/// <param name="SecondsLeft">Time to its end where its worker has what it was timed with; NaN where not known.</param>
/// <param name="Source">Where the time comes from.</param>
public sealed record CellEstimate(
    RunSize Size,
    long MemoryBytes,
    CellReport Report,
    long DiskBytesUsed,
    long DiskBytes,
    double SecondsLeft,
    TimeSource Source
)
{
    /// <summary>What its folder will take in addition.</summary>
    public long DiskBytesToCome => SecondsLeft == 0 ? 0 : Math.Max(0, DiskBytes - DiskBytesUsed);
}
