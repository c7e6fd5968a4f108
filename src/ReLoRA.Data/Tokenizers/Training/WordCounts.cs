namespace ReLoRA.Data.Tokenizers.Training;

/// <summary>How often each word occurs in the training text.</summary>
public sealed class WordCounts
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<(string Word, long Count)> _words = [];
    private readonly AddedTokenMatcher _markup;

    /// <summary>Starts counting.</summary>
    /// <param name="endOfText">The end-of-text token's name; it is cut out of the text and never becomes part of a word.</param>
    public WordCounts(string endOfText = EndOfText.DefaultName)
    {
        EndOfTextName = endOfText;
        _markup = new AddedTokenMatcher([new AddedToken(0, endOfText, IsSpecial: true, IsNormalized: false)]);
    }

    /// <summary>The end-of-text token's name.</summary>
    public string EndOfTextName { get; }

    /// <summary>The words in the order of their first occurrence.</summary>
    public IReadOnlyList<(string Word, long Count)> Words => _words;

    /// <summary>Counts the words of one document.</summary>
    public void Add(string text)
    {
        for (var start = 0; start < text.Length; )
        {
            var token = _markup.Find(text, start, out var at);
            AddBetween(text.AsSpan(start, at - start));
            start = token is null ? at : at + token.Content.Length;
        }
    }

    private void AddBetween(ReadOnlySpan<char> text)
    {
        var places = _places.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = 0; start < text.Length; )
        {
            var end = WordSplitter.WordEnd(text, start);
            var word = text[start..end];
            if (places.TryGetValue(word, out var place))
            {
                _words[place] = _words[place] with { Count = _words[place].Count + 1 };
            }
            else
            {
                places[word] = _words.Count;
                _words.Add((word.ToString(), 1));
            }
            start = end;
        }
    }
}
