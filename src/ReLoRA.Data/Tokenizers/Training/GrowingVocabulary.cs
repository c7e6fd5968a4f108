using System.Text;

namespace ReLoRA.Data.Tokenizers.Training;

/// <summary>The tokens found so far: end of text, the bytes in the order of their characters, then the merged ones.</summary>
internal sealed class GrowingVocabulary
{
    private readonly List<string> _tokens = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);

    public GrowingVocabulary(string endOfText)
    {
        Add(endOfText);
        foreach (var character in ByteAlphabet.InOrder)
            Add(character.ToString());
    }

    public int Count => _tokens.Count;

    public string this[int id] => _tokens[id];

    /// <summary>The ids of a word's bytes.</summary>
    public int[] BytesOf(string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        return Array.ConvertAll(bytes, value => _ids[ByteAlphabet.CharacterOf(value).ToString()]);
    }

    /// <summary>The id of a pair's joined token. Two different pairs may join to the same token, which then keeps its id.</summary>
    public int Join(TokenPair pair)
    {
        var joined = _tokens[pair.Left] + _tokens[pair.Right];
        return _ids.TryGetValue(joined, out var id) ? id : Add(joined);
    }

    public TokenizerDefinition ToDefinition(IReadOnlyList<(string Left, string Right)> merges) =>
        new(_ids, merges, [new AddedToken(0, _tokens[0], IsSpecial: true, IsNormalized: false)], Composes: false);

    private int Add(string token)
    {
        _ids.Add(token, _tokens.Count);
        _tokens.Add(token);
        return _tokens.Count - 1;
    }
}
