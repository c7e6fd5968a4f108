using ReLoRA.Data.Converting;
using ReLoRA.Data.Hub;

namespace ReLoRA.Data.Streaming;

/// <summary>What is streamed and how.</summary>
public sealed record StreamOptions
{
    /// <summary>Repository, patterns and files at once; its output is not used.</summary>
    public required HubPullOptions Source { get; init; }

    /// <summary>The dataset's folder.</summary>
    public required string Output { get; init; }

    /// <summary>Bytes on disk that shards and downloads may take together.</summary>
    public required long Budget { get; init; }

    /// <summary>What made the ids of Parquet files. Not needed for shards of ours, whose manifest says it.</summary>
    public IdOrigin Origin { get; init; } = new();

    /// <summary>The column of ids in Parquet files. Default: <c>input_ids</c>.</summary>
    public string Column { get; init; } = "input_ids";
}
