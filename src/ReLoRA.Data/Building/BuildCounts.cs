namespace ReLoRA.Data.Building;

/// <summary>What a build has counted.</summary>
/// <param name="Documents">Documents that hold text.</param>
/// <param name="Tokens">Their tokens, end of text included.</param>
/// <param name="TextBytes">Bytes of their text in UTF-8.</param>
/// <param name="BadLines">Lines that were left out.</param>
internal readonly record struct BuildCounts(long Documents, long Tokens, long TextBytes, long BadLines)
{
    public static BuildCounts operator +(BuildCounts one, BuildCounts other) =>
        new(
            one.Documents + other.Documents,
            one.Tokens + other.Tokens,
            one.TextBytes + other.TextBytes,
            one.BadLines + other.BadLines
        );
}
