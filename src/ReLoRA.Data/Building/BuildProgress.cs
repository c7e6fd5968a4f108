namespace ReLoRA.Data.Building;

/// <summary>How far a build has come.</summary>
/// <param name="File">The input file being read.</param>
/// <param name="Documents">Documents so far.</param>
/// <param name="Tokens">Tokens so far.</param>
/// <param name="BadLines">Lines left out so far.</param>
/// <param name="ReadBytes">Bytes of the input files read so far, as they are stored.</param>
/// <param name="AllBytes">Bytes of all input files.</param>
public sealed record BuildProgress(
    string File,
    long Documents,
    long Tokens,
    long BadLines,
    long ReadBytes,
    long AllBytes
);
