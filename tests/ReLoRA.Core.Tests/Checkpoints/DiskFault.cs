namespace ReLoRA.Core.Tests.Checkpoints;

/// <summary>How a disk fails.</summary>
public enum DiskFault
{
    /// <summary>One operation does, and those after it succeed.</summary>
    Once,

    /// <summary>It is full from then on.</summary>
    FromThenOn,

    /// <summary>The process is killed there: nothing that comes after it happens, no clearing away either.</summary>
    Kill,
}
