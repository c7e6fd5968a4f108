namespace ReLoRA.Data.Building;

/// <summary>How far a build has come.</summary>
/// <param name="File">The input file being read.</param>
/// <param name="Documents">Documents so far.</param>
/// <param name="Tokens">Tokens so far.</param>
public sealed record BuildProgress(string File, long Documents, long Tokens);
