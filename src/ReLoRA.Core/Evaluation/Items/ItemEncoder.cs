using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Items;

/// <summary>Turns the texts of items into sequences that a model can score, or tells why it cannot.</summary>
internal sealed class ItemEncoder
{
    private readonly EvaluationSource source;

    /// <exception cref="UserFaultException">The start token is not of the model's vocabulary.</exception>
    public ItemEncoder(EvaluationSource source)
    {
        this.source = source;
        if (source.StartToken is { } start && (uint)start >= (uint)source.VocabularySize)
            throw new UserFaultException(
                $"The start token is {start}; allowed: 0 to {source.VocabularySize - 1}, the model's vocabulary."
            );
    }

    /// <summary>A text of which every token is scored but the first; after a start token that one too.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">File and line, for messages.</param>
    /// <param name="field">The field it is from, for messages.</param>
    /// <exception cref="UserFaultException">It is too short or too long, or the tokenizer does not fit the model.</exception>
    public ScoredSequence Whole(string text, string place, string field)
    {
        var tokens = Tokens(text, place, field);
        return tokens.Count > 1
            ? new ScoredSequence(tokens)
            : throw new UserFaultException(
                $"{place}: '{field}' is {tokens.Count} token{(tokens.Count == 1 ? "" : "s")} long; allowed: at least 2, since "
                    + "the first has nothing before it and is not scored. Correct the line, or give a start token."
            );
    }

    /// <summary>
    /// A text of which only what follows a context is scored: the tokens after as many as the context has alone. Both are encoded together,
    /// since a tokenizer may join what stands at their border.
    /// </summary>
    /// <param name="context">How the text begins.</param>
    /// <param name="text">The text with its context.</param>
    /// <param name="place">File and line, for messages.</param>
    /// <param name="field">The field that follows the context, for messages.</param>
    /// <exception cref="UserFaultException">Nothing is left to score, it is too long, or the tokenizer does not fit the model.</exception>
    public ScoredSequence After(string context, string text, string place, string field)
    {
        var tokens = Tokens(text, place, field);
        var first = source.Tokenizer.Encode(context).Count + (source.StartToken is null ? 0 : 1);
        return first > 0 && first < tokens.Count
            ? new ScoredSequence(tokens, first)
            : throw new UserFaultException(
                $"{place}: '{field}' has no token of its own: text and context together are {tokens.Count}, the context alone "
                    + $"is {first}; allowed: at least one of each. Correct the line."
            );
    }

    private List<int> Tokens(string text, string place, string field)
    {
        List<int> tokens = source.StartToken is { } start ? [start] : [];
        tokens.AddRange(source.Tokenizer.Encode(text));
        if (tokens.Count - 1 > source.Positions)
            throw new UserFaultException(
                $"{place}: '{field}' is {tokens.Count} tokens long; allowed: at most {source.Positions + 1}, the model's longest "
                    + "sequence and the token after it. Shorten the line, or leave it out."
            );
        foreach (var token in tokens)
        {
            if ((uint)token >= (uint)source.VocabularySize)
                throw new UserFaultException(
                    $"{place}: '{field}' has the token {token}; allowed: 0 to {source.VocabularySize - 1}, the model's vocabulary. "
                        + "The tokenizer does not fit the model: name the one it was trained with."
                );
        }
        return tokens;
    }
}
