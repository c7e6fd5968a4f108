namespace ReLoRA.Data.Shards;

/// <summary>One shard in a manifest.</summary>
/// <param name="File">Its file name; shards lie beside the manifest.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Sha256">SHA-256 of the file in hexadecimal.</param>
public sealed record ShardEntry(string File, long Rows, long Bytes, string Sha256);
