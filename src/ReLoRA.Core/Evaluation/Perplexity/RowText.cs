using System.Text;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>The size of the text that a row's scored tokens stand for.</summary>
internal static class RowText
{
    /// <summary>Bytes in UTF-8 and words, document by document, since the token that ends one ends a word.</summary>
    /// <param name="tokenizer">What made the ids.</param>
    /// <param name="row">The ids; the first is not scored.</param>
    /// <param name="endOfText">The token that ends a document.</param>
    public static (long Bytes, long Words) Of(ITextTokenizer tokenizer, int[] row, int endOfText)
    {
        var (bytes, words) = (0L, 0L);
        for (var from = 1; from < row.Length; )
        {
            var end = Array.IndexOf(row, endOfText, from);
            end = end < 0 ? row.Length : end;
            var text = tokenizer.Decode(row[from..end]);
            bytes += Encoding.UTF8.GetByteCount(text);
            words += WordCount.Of(text);
            from = end + 1;
        }
        return (bytes, words);
    }
}
