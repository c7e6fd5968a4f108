namespace ReLoRA.Data.Shards;

/// <summary>Where the shards of a streamed dataset come from. Only some of them lie in the folder at any time.</summary>
/// <param name="Repository">The hub's repository, owner and name.</param>
/// <param name="Commit">The commit: with it, all bytes are named.</param>
/// <param name="Column">The column of ids where the repository holds Parquet; null where it holds shards of ours.</param>
public sealed record StreamOrigin(string Repository, string Commit, string? Column);
