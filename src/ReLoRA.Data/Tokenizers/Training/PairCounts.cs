namespace ReLoRA.Data.Tokenizers.Training;

/// <summary>
/// How often each pair of neighbouring tokens occurs, kept current as pairs are merged. A merge visits only the words that hold the
/// pair. The queue keeps outdated entries; they are corrected when they come up.
/// </summary>
internal sealed class PairCounts
{
    private readonly List<TrainingWord> _words = [];
    private readonly Dictionary<TokenPair, long> _counts = [];
    private readonly Dictionary<TokenPair, List<int>> _places = [];
    private readonly PriorityQueue<TokenPair, (long Count, TokenPair Pair)> _queue = new(
        Comparer<(long Count, TokenPair Pair)>.Create(
            (one, other) => one.Count != other.Count ? other.Count.CompareTo(one.Count) : one.Pair.CompareTo(other.Pair)
        )
    );

    public PairCounts(WordCounts words, GrowingVocabulary vocabulary)
    {
        foreach (var (word, count) in words.Words)
        {
            _words.Add(new TrainingWord(vocabulary.BytesOf(word), count));
            foreach (var pair in _words[^1].Pairs())
                Add(pair, count, _words.Count - 1);
        }
        foreach (var (pair, count) in _counts)
            _queue.Enqueue(pair, (count, pair));
    }

    /// <summary>The most frequent pair, or <see langword="null"/> when none occurs <paramref name="least"/> times.</summary>
    public TokenPair? MostFrequent(long least)
    {
        while (_queue.TryDequeue(out var pair, out var priority))
        {
            var count = _counts.GetValueOrDefault(pair);
            if (count == priority.Count && count >= least)
                return pair;
            if (count != priority.Count && count >= least)
                _queue.Enqueue(pair, (count, pair));
        }
        return null;
    }

    /// <summary>Replaces a pair by its joined token in every word.</summary>
    public void Merge(TokenPair pair, int merged)
    {
        var risen = new HashSet<TokenPair>();
        foreach (var place in _places[pair])
        {
            var word = _words[place];
            if (!word.Holds(pair))
                continue;
            foreach (var old in word.Pairs())
                _counts[old] -= word.Count;
            word.Merge(pair, merged);
            foreach (var present in word.Pairs())
            {
                if (present.Left == merged || present.Right == merged)
                {
                    Add(present, word.Count, place);
                    risen.Add(present);
                }
                else
                {
                    _counts[present] += word.Count;
                }
            }
        }
        _places.Remove(pair);
        _counts.Remove(pair);
        risen.Remove(pair);
        foreach (var present in risen)
            _queue.Enqueue(present, (_counts[present], present));
    }

    private void Add(TokenPair pair, long count, int place)
    {
        _counts[pair] = _counts.GetValueOrDefault(pair) + count;
        if (!_places.TryGetValue(pair, out var places))
            _places[pair] = places = [];
        if (places.Count == 0 || places[^1] != place)
            places.Add(place);
    }
}
