using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Converting;

/// <summary>A file that is converted: its shard is complete and on the disk.</summary>
/// <param name="Number">Its place among the sources.</param>
/// <param name="RowLength">Tokens of its rows.</param>
/// <param name="Shard">The shard.</param>
/// <param name="SourceSha256">SHA-256 of the source, or <see cref="IdSpace.Unknown"/>.</param>
internal sealed record ConvertedFile(int Number, int RowLength, ShardEntry Shard, string SourceSha256);
