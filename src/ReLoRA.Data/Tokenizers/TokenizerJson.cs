using System.Text.Json;

namespace ReLoRA.Data.Tokenizers;

/// <summary>Reads a byte-level BPE <c>tokenizer.json</c> and refuses, by name, what this library does not do.</summary>
public static class TokenizerJson
{
    /// <summary>Parses the content of a <c>tokenizer.json</c>.</summary>
    /// <param name="utf8">The content of the file.</param>
    /// <param name="place">Its path, for messages.</param>
    /// <exception cref="DataException">It is no JSON, damaged, or uses an unsupported feature.</exception>
    public static TokenizerDefinition Parse(ReadOnlyMemory<byte> utf8, string place)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Read(document.RootElement, place);
        }
        catch (KeyNotFoundException fault)
        {
            throw NoTokenizer(place, "it lacks \"model\", or something that a model, step or added token needs", fault);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw NoTokenizer(place, fault.Message, fault);
        }
    }

    private static TokenizerDefinition Read(JsonElement root, string place)
    {
        TokenizerFeatures.RequireSupported(root, place);
        var model = root.GetProperty("model");
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in model.GetProperty("vocab").EnumerateObject())
            vocabulary[entry.Name] = entry.Value.GetInt32();
        var merges = model.GetProperty("merges").EnumerateArray().Select(merge => Merge(merge, place)).ToList();
        var added = new List<AddedToken>();
        if (TokenizerFeatures.Find(root, "added_tokens") is { } tokens)
            added.AddRange(tokens.EnumerateArray().Select(token => Added(token, place)));
        var definition = new TokenizerDefinition(vocabulary, merges, added, TokenizerFeatures.Composes(root));
        RequireConsistent(definition, place);
        return definition;
    }

    private static (string Left, string Right) Merge(JsonElement merge, string place)
    {
        var parts =
            merge.ValueKind == JsonValueKind.Array
                ? [.. merge.EnumerateArray().Select(part => part.GetString() ?? "")]
                : (merge.GetString() ?? "").Split(' ');
        if (parts is [{ Length: > 0 } left, { Length: > 0 } right])
            return (left, right);
        throw Damaged(place, $"the merge {merge.GetRawText()} is not a pair of tokens");
    }

    private static AddedToken Added(JsonElement token, string place)
    {
        var content = token.GetProperty("content").GetString() ?? "";
        foreach (var flag in new[] { "single_word", "lstrip", "rstrip" })
        {
            if (TokenizerFeatures.IsTrue(token, flag))
                throw TokenizerFeatures.Unsupported(place, $"the added token \"{content}\" has \"{flag}\": true");
        }
        var isSpecial = TokenizerFeatures.IsTrue(token, "special");
        return new AddedToken(
            token.GetProperty("id").GetInt32(),
            content,
            isSpecial,
            TokenizerFeatures.IsTrue(token, "normalized", otherwise: !isSpecial)
        );
    }

    private static void RequireConsistent(TokenizerDefinition definition, string place)
    {
        var owners = new Dictionary<int, string>();
        var all = definition.Vocabulary.Select(entry => (Id: entry.Value, Content: entry.Key));
        foreach (var (id, content) in all.Concat(definition.AddedTokens.Select(token => (token.Id, token.Content))))
        {
            if (id < 0)
                throw Damaged(place, $"the token \"{content}\" has the id {id}");
            if (!owners.TryAdd(id, content) && owners[id] != content)
                throw Damaged(place, $"\"{owners[id]}\" and \"{content}\" have the same id {id}");
        }
        foreach (var (left, right) in definition.Merges)
        {
            foreach (var token in new[] { left, right, left + right })
            {
                if (!definition.Vocabulary.ContainsKey(token))
                    throw Damaged(
                        place,
                        $"the merge of \"{left}\" and \"{right}\" needs \"{token}\", which is no token"
                    );
            }
        }
        if (ByteAlphabet.OfUtf8.Any(character => !definition.Vocabulary.ContainsKey(character.ToString())))
            throw TokenizerFeatures.Unsupported(place, "the vocabulary lacks tokens for some bytes of UTF-8 text");
    }

    private static DataException NoTokenizer(string place, string found, Exception inner) =>
        new(
            DataFault.Damaged,
            $"{place}: not a tokenizer.json: {found}. Give a file in Hugging Face's tokenizer.json format.",
            inner
        );

    private static DataException Damaged(string place, string what) =>
        new(DataFault.Damaged, $"{place}: damaged tokenizer: {what}. Fetch or train the file anew.");
}
