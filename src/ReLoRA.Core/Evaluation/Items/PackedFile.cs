namespace ReLoRA.Core.Evaluation.Items;

/// <summary>A file on its own, of a folder or of an archive.</summary>
/// <param name="Place">What a message calls it.</param>
/// <param name="Bytes">Its content, decompressed.</param>
internal readonly record struct PackedFile(string Place, byte[] Bytes);
