using System.Globalization;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Data.Converting;

/// <summary>What a manifest says of ids.</summary>
/// <param name="VocabularySize">Every id is below this.</param>
/// <param name="EndOfText">The id that ends a document.</param>
/// <param name="TokenizerSha256">The tokenizer's hash, or <see cref="Unknown"/>.</param>
internal sealed record IdSpace(int VocabularySize, int EndOfText, string TokenizerSha256)
{
    /// <summary>What stands in place of a hash where no tokenizer was given.</summary>
    public const string Unknown = "unknown";

    private const string Remedy =
        "Give --tokenizer FILE, or --vocabulary N and --end-of-text N (both are in the model's config.json: vocab_size, eos_token_id).";

    /// <exception cref="DataException">Something is missing, or contradicts itself.</exception>
    public static IdSpace Of(IdOrigin origin)
    {
        var number = Number(origin.EndOfText);
        if (origin.Tokenizer is null && (origin.VocabularySize is null || number is null))
            throw Missing(origin);
        var (vocabulary, end) = (origin.VocabularySize, number);
        // A tokenizer of a kind that is not read here can still be named: both numbers then make reading it needless.
        if (origin.Tokenizer is not null && (vocabulary is null || end is null))
        {
            var (size, found) = Read(origin.Tokenizer, number is null ? origin.EndOfText : null);
            vocabulary ??= size;
            end ??= found;
        }
        if (vocabulary is not >= 1)
            throw new DataException(
                DataFault.InvalidValue,
                $"The vocabulary is {vocabulary}; allowed: 1 to {int.MaxValue}. Correct --vocabulary."
            );
        if (end is null)
            throw new DataException(
                DataFault.Missing,
                $"{origin.Tokenizer}: names no token that ends a document. Give its id with --end-of-text N."
            );
        if (end < 0 || end >= vocabulary)
            throw new DataException(
                DataFault.InvalidValue,
                $"The end of text is {end}; allowed: 0 to {vocabulary - 1}. Correct --end-of-text or --vocabulary."
            );
        var hash = origin.Tokenizer is null ? Unknown : DataFiles.Sha256(origin.Tokenizer);
        return new IdSpace(vocabulary.Value, end.Value, hash);
    }

    private static (int Size, int? EndOfText) Read(string path, string? name)
    {
        if (Path.GetExtension(path).Equals(".model", StringComparison.OrdinalIgnoreCase))
        {
            var pieces = TextTokenizer.Open(path);
            return (pieces.VocabularySize, pieces.EndOfText);
        }
        var tokenizer = ByteLevelTokenizer.Load(path);
        var end = Tokenizers.EndOfText.Find(tokenizer.Definition.AddedTokens, path, name);
        return (tokenizer.VocabularySize, end.Id);
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DataException Missing(IdOrigin origin)
    {
        var lacking = new List<string>();
        if (origin.VocabularySize is null)
            lacking.Add("the vocabulary size");
        if (origin.EndOfText is null)
            lacking.Add("the end-of-text id");
        if (lacking.Count == 0)
            lacking.Add($"the id of \"{origin.EndOfText}\"");
        return new DataException(
            DataFault.Missing,
            $"The source holds ids only, and does not tell {string.Join(" and ", lacking)}. {Remedy}"
        );
    }
}
