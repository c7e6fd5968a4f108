using Microsoft.ML.Tokenizers;

namespace ReLoRA.Data.Tokenizers;

/// <summary>
/// The ids of words, remembered for the words met first, of which most text consists. The library has such a memory too, which all
/// threads share and wait for; this one is a thread's own.
/// </summary>
internal sealed class WordIds(BpeTokenizer tokenizer)
{
    // Bounds the memory to a few megabytes a thread. English text meets its 50,000 most frequent words within a few megabytes.
    private const int MostWords = 1 << 16;
    private const int LongestWord = 32;

    private readonly Dictionary<string, int[]> _known = new(StringComparer.Ordinal);

    /// <summary>Appends the ids of a word of <see cref="WordSplitter"/>.</summary>
    public void Append(ReadOnlySpan<char> word, List<int> ids)
    {
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var known))
        {
            ids.AddRange(known.AsSpan());
            return;
        }
        var found = tokenizer.EncodeToIds(word, considerPreTokenization: false, considerNormalization: false);
        if (_known.Count < MostWords && word.Length <= LongestWord)
            _known.Add(word.ToString(), [.. found]);
        ids.AddRange(found);
    }
}
