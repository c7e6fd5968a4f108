namespace ReLoRA.Data.Tokenizers;

/// <summary>What a byte-level BPE <c>tokenizer.json</c> says, as far as it decides ids.</summary>
/// <param name="Vocabulary">Id of each token, written in the byte alphabet; without the added tokens that are not in the model.</param>
/// <param name="Merges">Pairs of tokens, the first merged first.</param>
/// <param name="AddedTokens">Tokens matched before the text is split into words.</param>
/// <param name="Composes">Whether text is brought to Unicode normalization form C first.</param>
public sealed record TokenizerDefinition(
    IReadOnlyDictionary<string, int> Vocabulary,
    IReadOnlyList<(string Left, string Right)> Merges,
    IReadOnlyList<AddedToken> AddedTokens,
    bool Composes
)
{
    /// <summary>One more than the largest id, added tokens included.</summary>
    public int Size => Vocabulary.Values.Concat(AddedTokens.Select(token => token.Id)).Max() + 1;
}
