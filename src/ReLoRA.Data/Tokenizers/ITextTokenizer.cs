namespace ReLoRA.Data.Tokenizers;

/// <summary>Turns text into token ids and back, whatever file it was read from.</summary>
public interface ITextTokenizer
{
    /// <summary>One more than the largest id.</summary>
    int VocabularySize { get; }

    /// <summary>The token that texts begin with, if there is one.</summary>
    int? BeginOfText { get; }

    /// <summary>The token that ends a text, if there is one.</summary>
    int? EndOfText { get; }

    /// <summary>The ids of a text. No token is added at either end.</summary>
    /// <param name="text">The text.</param>
    IReadOnlyList<int> Encode(string text);

    /// <summary>The text of ids.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="skipSpecial">Whether tokens that only mark begin and end are left out. Default: yes.</param>
    /// <exception cref="DataException">An id is not of this vocabulary (<see cref="DataFault.TokenOutOfRange"/>).</exception>
    string Decode(IReadOnlyList<int> ids, bool skipSpecial = true);
}
