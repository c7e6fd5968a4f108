namespace ReLoRA.Data.Shards;

/// <summary>A file that the text or the ids of a dataset came from.</summary>
/// <param name="File">Its name, relative to the folder that was given.</param>
/// <param name="Bytes">Its size in bytes.</param>
/// <param name="Sha256">SHA-256 of the file in hexadecimal; <c>unknown</c> where it was not asked for.</param>
public sealed record SourceEntry(string File, long Bytes, string Sha256);
