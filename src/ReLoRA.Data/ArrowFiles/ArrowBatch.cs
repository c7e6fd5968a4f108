namespace ReLoRA.Data.ArrowFiles;

/// <summary>The lists of one record batch.</summary>
/// <param name="FirstRow">The file's row that it begins with.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="At">The place of its message in the file.</param>
/// <param name="Ids">Ids that it declares in all.</param>
/// <param name="Offsets">Where its offsets lie; nothing for lists of fixed size.</param>
/// <param name="Values">Where its ids lie.</param>
/// <param name="Codec">What compresses both: Arrow's number, or null.</param>
internal sealed record ArrowBatch(
    long FirstRow,
    long Rows,
    long At,
    long Ids,
    ArrowBuffer Offsets,
    ArrowBuffer Values,
    byte? Codec
);
