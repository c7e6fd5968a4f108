namespace ReLoRA.Data.Sampling;

/// <summary>Rows for one optimizer step.</summary>
/// <param name="Tokens">The ids, row after row.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="RowLength">Tokens of a row.</param>
/// <param name="Next">The cursor after this batch: a stream started there delivers what follows.</param>
public sealed record TokenBatch(long[] Tokens, int Rows, int RowLength, SampleCursor Next);
