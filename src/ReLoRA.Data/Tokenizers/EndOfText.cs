namespace ReLoRA.Data.Tokenizers;

/// <summary>Finds the token that ends a document.</summary>
public static class EndOfText
{
    /// <summary>The name under which our trainer writes it, and GPT-2, NeoX, Pythia and OLMo do.</summary>
    public const string DefaultName = "<|endoftext|>";

    private static readonly string[] KnownNames = [DefaultName, "</s>", "<|end_of_text|>", "<eos>", "<|im_end|>"];

    /// <summary>The end-of-text token among the added tokens of a tokenizer.</summary>
    /// <param name="tokens">The tokenizer's added tokens.</param>
    /// <param name="place">The tokenizer's file, for the message.</param>
    /// <param name="name">Its name, where it is none of the customary ones.</param>
    /// <exception cref="DataException">There is none (<see cref="DataFault.Missing"/>).</exception>
    public static AddedToken Find(IReadOnlyCollection<AddedToken> tokens, string place, string? name = null)
    {
        foreach (var candidate in name is null ? KnownNames : [name])
        {
            if (tokens.FirstOrDefault(token => token.Content == candidate) is { } found)
                return found;
        }
        var present = string.Join(", ", tokens.Where(token => token.IsSpecial).Select(token => token.Content));
        throw new DataException(
            DataFault.Missing,
            $"{place}: no end-of-text token. Looked for {string.Join(", ", name is null ? KnownNames : [name])}; special tokens "
                + $"of this tokenizer: {(present.Length == 0 ? "none" : present)}. Name the token that ends a document."
        );
    }
}
