namespace ReLoRA.Data;

/// <summary>What is wrong with a file, folder or value that was handed to the data layer.</summary>
public enum DataFault
{
    /// <summary>A file or folder is not there.</summary>
    Missing,

    /// <summary>A file ends before its content does.</summary>
    Truncated,

    /// <summary>A file's content contradicts itself or its format.</summary>
    Damaged,

    /// <summary>A file is well formed and uses a feature or version that this library does not read.</summary>
    Unsupported,

    /// <summary>The rows of a dataset have another length than asked for.</summary>
    WrongRowLength,

    /// <summary>A token id is not below the vocabulary size.</summary>
    TokenOutOfRange,

    /// <summary>Two things that belong together differ, for example a shard and its recorded checksum.</summary>
    Mismatch,

    /// <summary>There is too little data for what was asked.</summary>
    TooSmall,

    /// <summary>The output is already there and may not be replaced.</summary>
    Exists,

    /// <summary>A value given by the caller is outside of its range.</summary>
    InvalidValue,

    /// <summary>The operating system refused to read or write a file.</summary>
    Unreadable,

    /// <summary>A server cannot be reached, refuses, or does not keep to its protocol.</summary>
    Network,

    /// <summary>The runtime lacks something that is needed, for example ICU.</summary>
    Environment,
}
