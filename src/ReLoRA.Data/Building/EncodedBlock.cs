namespace ReLoRA.Data.Building;

/// <summary>A block of text as ids.</summary>
/// <param name="Text">The block.</param>
/// <param name="Ids">The ids of all pieces, end-of-text tokens included.</param>
/// <param name="Pieces">The pieces.</param>
internal sealed record EncodedBlock(TextBlock Text, List<int> Ids, IReadOnlyList<EncodedPiece> Pieces);
