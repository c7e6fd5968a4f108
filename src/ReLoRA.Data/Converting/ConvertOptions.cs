namespace ReLoRA.Data.Converting;

/// <summary>What is converted and how.</summary>
public sealed record ConvertOptions
{
    /// <summary>Parquet and Arrow files, folders of them, and patterns with <c>*</c>, <c>?</c> and <c>**</c>.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The folder to write.</summary>
    public required string Output { get; init; }

    /// <summary>What made the ids.</summary>
    public required IdOrigin Origin { get; init; }

    /// <summary>The column of ids. Default: <c>input_ids</c>.</summary>
    public string Column { get; init; } = "input_ids";

    /// <summary>Files converted at once, at least 1. Default: as many as there are processors. The bytes written do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Whether the manifest names the SHA-256 of each source. It takes about as long as reading the ids of Parquet does. Default: no;
    /// name and size are named in any case, and the shards' checksums stand for the ids.
    /// </summary>
    public bool HashSources { get; init; }

    /// <summary>Whether a dataset or an interrupted conversion that is already there is replaced. Default: no.</summary>
    public bool Force { get; init; }
}
