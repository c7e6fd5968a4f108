namespace ReLoRA.Results.Log;

/// <summary>Why a run log cannot be read or continued.</summary>
public enum LogFault
{
    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>The log was written by another version of the format.</summary>
    UnsupportedFormat,

    /// <summary>A record lacks a key that its kind must have.</summary>
    MissingKey,

    /// <summary>A key holds a value of another type than its kind says.</summary>
    WrongType,

    /// <summary>The bytes are no MessagePack, or MessagePack that a log does not use.</summary>
    Malformed,

    /// <summary>The log is shorter than the offset at which it is to be continued.</summary>
    TooShort,

    /// <summary>No record begins at the offset at which the log is to be continued.</summary>
    NotABoundary,

    /// <summary>The log is damaged before the offset at which it is to be continued.</summary>
    Damaged,

    /// <summary>The file is larger than this version reads at once (2 GiB).</summary>
    TooLarge,
}
