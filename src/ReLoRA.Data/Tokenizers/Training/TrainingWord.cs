namespace ReLoRA.Data.Tokenizers.Training;

/// <summary>A word as the tokens it consists of at this point of the training.</summary>
internal sealed class TrainingWord(int[] tokens, long count)
{
    private int _length = tokens.Length;

    /// <summary>How often the word occurs in the text.</summary>
    public long Count { get; } = count;

    public bool Holds(TokenPair pair)
    {
        for (var at = 1; at < _length; at++)
        {
            if (tokens[at - 1] == pair.Left && tokens[at] == pair.Right)
                return true;
        }
        return false;
    }

    public IEnumerable<TokenPair> Pairs()
    {
        for (var at = 1; at < _length; at++)
            yield return new TokenPair(tokens[at - 1], tokens[at]);
    }

    /// <summary>Joins every occurrence of a pair, from the left.</summary>
    public void Merge(TokenPair pair, int merged)
    {
        var to = 0;
        for (var from = 0; from < _length; from++, to++)
        {
            var found = from + 1 < _length && tokens[from] == pair.Left && tokens[from + 1] == pair.Right;
            tokens[to] = found ? merged : tokens[from];
            if (found)
                from++;
        }
        _length = to;
    }
}
