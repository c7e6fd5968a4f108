namespace ReLoRA.Core.Evaluation.Perplexity;

/// <summary>Counts words: the longest runs of characters that are no white space of Unicode. Punctuation belongs to the word it touches.</summary>
internal static class WordCount
{
    public static long Of(string text)
    {
        var (words, inside) = (0L, false);
        foreach (var character in text)
        {
            var isWord = !char.IsWhiteSpace(character);
            if (isWord && !inside)
                words++;
            inside = isWord;
        }
        return words;
    }
}
