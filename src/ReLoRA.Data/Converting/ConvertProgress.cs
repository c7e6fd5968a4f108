namespace ReLoRA.Data.Converting;

/// <summary>How far a conversion has come.</summary>
/// <param name="FilesDone">Files that are complete.</param>
/// <param name="Files">Files in all.</param>
/// <param name="Tokens">Tokens read in this sitting.</param>
/// <param name="TokensBefore">Tokens that earlier sittings had completed.</param>
/// <param name="TokensInAll">Tokens of all files by their headers; 0 while those are still being read.</param>
public sealed record ConvertProgress(int FilesDone, int Files, long Tokens, long TokensBefore, long TokensInAll);
