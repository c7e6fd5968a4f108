namespace ReLoRA.Data.Shards;

/// <summary>Where the rows of one record batch lie in the file.</summary>
/// <param name="FirstRow">The shard's row that the batch begins with.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Offset">The place of its first id in the file, in bytes.</param>
internal readonly record struct ShardBatch(long FirstRow, long Rows, long Offset);
