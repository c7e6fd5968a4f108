namespace ReLoRA.Data.Tokenizers;

/// <summary>A token that is matched in the text before it is split into words.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">The text it stands for.</param>
/// <param name="IsSpecial">Whether it is markup (end of text, padding) and no text.</param>
/// <param name="IsNormalized">Whether it is looked for in the normalized text; otherwise in the text as given.</param>
public sealed record AddedToken(int Id, string Content, bool IsSpecial, bool IsNormalized);
