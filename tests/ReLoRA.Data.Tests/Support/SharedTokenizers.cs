using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Support;

/// <summary>The published tokenizers of ../shared as <c>tokenizer.json</c> files.</summary>
internal static class SharedTokenizers
{
    public const string Olmo = "OLMo";
    public const string NeoX = "GPT-NeoX";
    public const string Gpt2 = "GPT-2";

    /// <summary>The file of a tokenizer; the running test is skipped where it is not there.</summary>
    public static string Of(string name, TemporaryFolder folder)
    {
        if (name == Olmo)
            return SharedData.Require("data", "tokenizers", "olmo-gpt-neox-olmo-dolma-v1_5.tokenizer.json");
        var path = folder.File($"{name}.json");
        File.WriteAllBytes(path, name == NeoX ? Unpacked("gpt-neox-20b.tokenizer.json.gz") : Gpt2Json());
        return path;
    }

    // OpenAI published GPT-2's vocabulary and merges; this is how Hugging Face put them into one file.
    private static byte[] Gpt2Json()
    {
        var vocabulary = JsonSerializer.Deserialize<Dictionary<string, int>>(Unpacked("gpt2_vocab.json.gz"))!;
        var merges = Encoding
            .UTF8.GetString(Unpacked("gpt2_merges.txt.gz"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("#version", StringComparison.Ordinal))
            .Select(line => line.TrimEnd('\r').Split(' '))
            .Select(pair => (pair[0], pair[1]))
            .ToList();
        var end = new AddedToken(vocabulary["<|endoftext|>"], "<|endoftext|>", IsSpecial: true, IsNormalized: true);
        return TokenizerJsonWriter.Write(new TokenizerDefinition(vocabulary, merges, [end], Composes: false));
    }

    private static byte[] Unpacked(string name)
    {
        using var file = File.OpenRead(SharedData.Require("data", "tokenizers", "other", name));
        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        gzip.CopyTo(memory);
        return memory.ToArray();
    }
}
