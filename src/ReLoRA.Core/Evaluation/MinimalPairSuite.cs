using System.Security.Cryptography;
using System.Text.Json;
using ReLoRA.Data;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Core.Evaluation;

/// <summary>
/// A folder of minimal pairs in the JSON-lines schema of BLiMP (Warstadt et al., "BLiMP: The Benchmark of Linguistic Minimal
/// Pairs for English", TACL 2020): one object a line, of which <c>sentence_good</c>, <c>sentence_bad</c> and <c>UID</c> are read.
/// </summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Pairs">The pairs, by file name and line.</param>
public sealed record MinimalPairSuite(string Name, IReadOnlyList<MinimalPair> Pairs)
{
    /// <summary>Opens a suite.</summary>
    /// <param name="folder">A folder of <c>.jsonl</c> files.</param>
    /// <param name="tokenizer">The <c>tokenizer.json</c> that made the training data.</param>
    /// <param name="tokenizerHash">The tokenizer's hash as the training data's manifest has it.</param>
    /// <exception cref="UserFaultException">
    /// The tokenizer is another one, the folder holds no pairs, or a line is malformed.
    /// </exception>
    /// <exception cref="DataException">The tokenizer is missing or damaged.</exception>
    public static MinimalPairSuite Open(string folder, string tokenizer, string tokenizerHash)
    {
        var words = ByteLevelTokenizer.Load(tokenizer);
        var found = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(tokenizer)));
        if (found != tokenizerHash)
            throw new UserFaultException(
                $"{tokenizer} is not the tokenizer of the training data: its SHA-256 is {found}; the data's manifest says "
                    + $"{tokenizerHash}. Set Evaluation.Tokenizer to the tokenizer.json that the data was built with, or "
                    + "Evaluation.Pairs to \"\"."
            );
        return Open(folder, words);
    }

    /// <summary>Opens a suite with a tokenizer that is known to fit.</summary>
    /// <param name="folder">A folder of <c>.jsonl</c> files.</param>
    /// <param name="tokenizer">Turns the sentences into ids.</param>
    /// <exception cref="UserFaultException">The folder holds no pairs, or a line is malformed.</exception>
    public static MinimalPairSuite Open(string folder, ByteLevelTokenizer tokenizer)
    {
        var files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>();
        var pairs = files.SelectMany(file => Read(file, tokenizer)).ToList();
        if (pairs.Count == 0)
            throw new UserFaultException(
                $"{folder} holds no minimal pairs; allowed: a folder of .jsonl files in BLiMP's schema. "
                    + "Set Evaluation.Pairs to such a folder, or to \"\" to evaluate none."
            );
        return new MinimalPairSuite(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), pairs);
    }

    /// <summary>Refuses a suite that a model cannot score.</summary>
    /// <param name="positions">The model's longest sequence.</param>
    /// <exception cref="UserFaultException">A sentence has more tokens than that.</exception>
    public void RequireFits(int positions)
    {
        var longest = Pairs.Max(pair => Math.Max(pair.Good.Count, pair.Bad.Count));
        if (longest > positions)
            throw new UserFaultException(
                $"Evaluation.Pairs: {Name} has a sentence of {longest} tokens; allowed: at most Model.MaxSequenceLength "
                    + $"({positions}). Raise the knob, or leave the sentence out."
            );
    }

    private static IEnumerable<MinimalPair> Read(string file, ByteLevelTokenizer tokenizer)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.Length > 0)
                yield return Parse(line, $"{file}:{number}", tokenizer);
        }
    }

    private static MinimalPair Parse(string line, string place, ByteLevelTokenizer tokenizer)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return new MinimalPair(
                Text(json.RootElement, "UID", place),
                Sentence(json.RootElement, "sentence_good", place, tokenizer),
                Sentence(json.RootElement, "sentence_bad", place, tokenizer)
            );
        }
        catch (JsonException e)
        {
            throw new UserFaultException(
                $"{place}: this is no JSON ({e.Message}); allowed: one object a line. Correct the line.",
                e
            );
        }
    }

    private static IReadOnlyList<int> Sentence(JsonElement map, string key, string place, ByteLevelTokenizer tokenizer)
    {
        var ids = tokenizer.Encode(Text(map, key, place));
        // The first token has nothing before it and is not scored, so a single one has no score at all.
        return ids.Count > 1
            ? ids
            : throw new UserFaultException(
                $"{place}: '{key}' is {ids.Count} token long; allowed: at least 2. Correct the line."
            );
    }

    private static string Text(JsonElement map, string key, string place)
    {
        if (
            map.ValueKind == JsonValueKind.Object
            && map.TryGetProperty(key, out var value)
            && value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text
            && !string.IsNullOrWhiteSpace(text)
        )
            return text;
        throw new UserFaultException(
            $"{place}: '{key}' is missing or empty; allowed: a text, as in BLiMP's schema. Correct the line."
        );
    }
}
