namespace ReLoRA.Data.Tokenizers.Training;

/// <summary>
/// Trains a byte-level BPE vocabulary: the pair of neighbouring tokens that occurs most often becomes a token, again and again. Of
/// pairs that occur equally often the one with the smaller left id comes first, then the one with the smaller right id (the rule
/// of Hugging Face's trainer), so that the result depends on the counts alone and not on the order of the text.
/// </summary>
public static class BpeTrainer
{
    /// <summary>The smallest vocabulary: end of text and the 256 bytes.</summary>
    public const int SmallestVocabulary = 257;

    /// <summary>The largest vocabulary.</summary>
    public const int LargestVocabulary = 1 << 20;

    // A pair that occurs once teaches nothing about the language.
    private const long LeastCount = 2;

    /// <summary>Trains on counted words.</summary>
    /// <param name="words">The words of the training text.</param>
    /// <param name="vocabularySize">
    /// Tokens wanted, end of text (id 0) and the bytes (ids 1 to 256) included; fewer come out when no pair is left that occurs
    /// twice.
    /// </param>
    /// <param name="progress">Told the number of tokens so far.</param>
    /// <exception cref="DataException">
    /// The size is out of range (<see cref="DataFault.InvalidValue"/>) or there is no text (<see cref="DataFault.TooSmall"/>).
    /// </exception>
    public static TokenizerDefinition Train(WordCounts words, int vocabularySize, Action<int>? progress = null)
    {
        if (vocabularySize is < SmallestVocabulary or > LargestVocabulary)
            throw new DataException(
                DataFault.InvalidValue,
                $"The vocabulary size is {vocabularySize}; allowed: {SmallestVocabulary} to {LargestVocabulary} (end of text and the 256 bytes are always in it)."
            );
        if (words.Words.Count == 0)
            throw new DataException(DataFault.TooSmall, "The training text is empty. Give files that hold text.");

        var vocabulary = new GrowingVocabulary(words.EndOfTextName);
        var pairs = new PairCounts(words, vocabulary);
        var merges = new List<(string Left, string Right)>();
        var known = new HashSet<TokenPair>();
        while (vocabulary.Count < vocabularySize && pairs.MostFrequent(LeastCount) is { } pair)
        {
            var merged = vocabulary.Join(pair);
            pairs.Merge(pair, merged);
            // A pair can come back when a second pair joins to one of its tokens; its rule stands already.
            if (known.Add(pair))
                merges.Add((vocabulary[pair.Left], vocabulary[pair.Right]));
            progress?.Invoke(vocabulary.Count);
        }
        return vocabulary.ToDefinition(merges);
    }
}
