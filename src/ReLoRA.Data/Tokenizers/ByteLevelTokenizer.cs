using System.Collections.Concurrent;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace ReLoRA.Data.Tokenizers;

/// <summary>
/// A byte-level BPE tokenizer with the ids that Hugging Face's library gives for the same <c>tokenizer.json</c>. Safe for use by
/// several threads.
/// </summary>
public sealed class ByteLevelTokenizer
{
    private readonly BpeTokenizer _words;
    private readonly ConcurrentBag<WordIds> _memories = [];
    private readonly AddedTokenMatcher _raw;
    private readonly AddedTokenMatcher _normalized;
    private readonly byte[]?[] _bytes;
    private readonly HashSet<int> _special;

    /// <summary>Makes a tokenizer of a definition.</summary>
    /// <param name="definition">Vocabulary, merges and added tokens.</param>
    /// <exception cref="DataException">It normalizes and this runtime cannot (<see cref="DataFault.Environment"/>).</exception>
    public ByteLevelTokenizer(TokenizerDefinition definition)
    {
        if (definition.Composes)
            CanonicalComposition.RequireIcu();
        Definition = definition;
        _raw = new AddedTokenMatcher(definition.AddedTokens.Where(token => !token.IsNormalized));
        _normalized = new AddedTokenMatcher(definition.AddedTokens.Where(token => token.IsNormalized));
        _special = [.. definition.AddedTokens.Where(token => token.IsSpecial).Select(token => token.Id)];
        _bytes = new byte[]?[definition.Size];
        var all = new Dictionary<string, int>(definition.Vocabulary, StringComparer.Ordinal);
        foreach (var token in definition.AddedTokens)
            all[token.Content] = token.Id;
        foreach (var (token, id) in all)
            _bytes[id] = BytesOf(token);
        _words = BpeTokenizer.Create(
            new BpeOptions(all)
            {
                Merges = definition.Merges.Select(merge => $"{merge.Left} {merge.Right}"),
                ByteLevel = true,
                PreTokenizer = null,
                SpecialTokens = definition
                    .AddedTokens.DistinctBy(token => token.Content)
                    .ToDictionary(token => token.Content, token => token.Id),
            }
        );
    }

    /// <summary>What the tokenizer was made of.</summary>
    public TokenizerDefinition Definition { get; }

    /// <summary>One more than the largest id.</summary>
    public int VocabularySize => _bytes.Length;

    /// <summary>Reads a <c>tokenizer.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">It is missing, damaged, or uses an unsupported feature.</exception>
    public static ByteLevelTokenizer Load(string path) =>
        new(TokenizerJson.Parse(DataFiles.ReadAllBytes(path, "tokenizer file"), path));

    /// <summary>The ids of a text. Lone surrogates count as U+FFFD. No token is added at either end.</summary>
    public IReadOnlyList<int> Encode(string text)
    {
        var ids = new List<int>(text.Length / 3);
        Encode(text, ids);
        return ids;
    }

    /// <summary>Appends the ids of a text to a list.</summary>
    public void Encode(string text, List<int> ids)
    {
        // To UTF-8 and back replaces lone surrogates as every UTF-8 writer does; most text has no surrogates at all.
        var scalars = text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))
            : text;
        if (!_memories.TryTake(out var words))
            words = new WordIds(_words);
        for (var start = 0; start < scalars.Length; )
        {
            var token = _raw.Find(scalars, start, out var at);
            EncodeBetween(scalars, start, at, words, ids);
            start = Pass(token, at, ids);
        }
        _memories.Add(words);
    }

    /// <summary>The text of some ids. Bytes that are no UTF-8 become U+FFFD.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="skipSpecial">Whether special tokens such as end of text are left out. Default: no.</param>
    /// <exception cref="DataException">An id is not of this vocabulary (<see cref="DataFault.TokenOutOfRange"/>).</exception>
    public string Decode(IEnumerable<int> ids, bool skipSpecial = false)
    {
        var bytes = new List<byte>();
        foreach (var id in ids)
        {
            if (id < 0 || id >= _bytes.Length || _bytes[id] is not { } token)
                throw new DataException(
                    DataFault.TokenOutOfRange,
                    $"Token id {id} is not of this tokenizer; allowed: 0 to {_bytes.Length - 1}. Use the tokenizer that made the ids."
                );
            if (!skipSpecial || !_special.Contains(id))
                bytes.AddRange(token);
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private void EncodeBetween(string text, int start, int end, WordIds words, List<int> ids)
    {
        if (start == end)
            return;
        var part = start == 0 && end == text.Length ? text : text[start..end];
        if (Definition.Composes)
            part = CanonicalComposition.Compose(part);
        for (var from = 0; from < part.Length; )
        {
            var token = _normalized.Find(part, from, out var at);
            while (from < at)
            {
                var next = WordSplitter.WordEnd(part.AsSpan(0, at), from);
                words.Append(part.AsSpan(from, next - from), ids);
                from = next;
            }
            from = Pass(token, at, ids);
        }
    }

    private static int Pass(AddedToken? token, int at, List<int> ids)
    {
        if (token is null)
            return at;
        ids.Add(token.Id);
        return at + token.Content.Length;
    }

    private static byte[] BytesOf(string token)
    {
        var bytes = new byte[token.Length];
        for (var at = 0; at < token.Length; at++)
        {
            // An added token may hold characters outside of the byte alphabet: it then stands for itself.
            if (!ByteAlphabet.TryByteOf(token[at], out bytes[at]))
                return Encoding.UTF8.GetBytes(token);
        }
        return bytes;
    }
}
