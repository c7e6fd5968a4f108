namespace ReLoRA.Data.Converting;

/// <summary>Takes whole rows.</summary>
/// <param name="firstRow">The file's row that they begin with.</param>
/// <param name="ids">Their ids as the source stores them; gone when the call returns.</param>
internal delegate void RowReceiver(long firstRow, ReadOnlySpan<byte> ids);
