using System.Text;
using System.Text.Json.Nodes;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Data.Tests.Tokenizers;

public sealed class TokenizerJsonTests
{
    public static TheoryData<string, string, string> Unsupported =>
        new()
        {
            { "/model/type", "\"Unigram\"", "Unigram" },
            { "/model/dropout", "0.1", "model.dropout" },
            { "/model/unk_token", "\"<unk>\"", "model.unk_token" },
            { "/model/continuing_subword_prefix", "\"##\"", "model.continuing_subword_prefix" },
            { "/model/end_of_word_suffix", "\"</w>\"", "model.end_of_word_suffix" },
            { "/model/byte_fallback", "true", "model.byte_fallback" },
            { "/model/ignore_merges", "true", "model.ignore_merges" },
            { "/truncation", "{\"max_length\":5}", "truncation" },
            { "/padding", "{}", "padding" },
            { "/normalizer", "{\"type\":\"Lowercase\"}", "Lowercase" },
            { "/normalizer", "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFKC\"}]}", "NFKC" },
            { "/pre_tokenizer", "null", "pre_tokenizer" },
            { "/pre_tokenizer", "{\"type\":\"Metaspace\"}", "Metaspace" },
            { "/pre_tokenizer/add_prefix_space", "true", "add_prefix_space" },
            { "/pre_tokenizer/use_regex", "false", "use_regex" },
            { "/post_processor", "{\"type\":\"TemplateProcessing\"}", "TemplateProcessing" },
            {
                "/post_processor",
                "{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"<s>\"}},{\"Sequence\":{\"id\":\"A\"}}]}",
                "TemplateProcessing"
            },
            { "/decoder", "{\"type\":\"WordPiece\"}", "WordPiece" },
            { "/added_tokens/0/lstrip", "true", "lstrip" },
            { "/added_tokens/0/single_word", "true", "single_word" },
        };

    [Theory]
    [MemberData(nameof(Unsupported))]
    public void An_unsupported_feature_is_refused_by_name(string pointer, string value, string named)
    {
        var json = SmallTokenizer.Json(root => Set(root, pointer, value));
        var fault = Assert.Throws<DataException>(() => TokenizerJson.Parse(json, "some/tokenizer.json"));
        Assert.Equal(DataFault.Unsupported, fault.Fault);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("some/tokenizer.json", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_adds_no_token_is_accepted()
    {
        var json = SmallTokenizer.Json(root =>
            Set(
                root,
                "/post_processor",
                "{\"type\":\"TemplateProcessing\",\"single\":[{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],\"pair\":[],\"special_tokens\":{}}"
            )
        );
        Assert.Equal(SmallTokenizer.Definition.Merges, TokenizerJson.Parse(json, "x").Merges);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"model\":{}}")]
    [InlineData(
        "{\"model\":{\"type\":\"BPE\",\"vocab\":[],\"merges\":[]},\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false}}"
    )]
    public void What_is_no_tokenizer_is_a_typed_fault(string content)
    {
        Assert.Throws<DataException>(() => TokenizerJson.Parse(Encoding.UTF8.GetBytes(content), "x"));
    }

    [Theory]
    [InlineData("/model/merges/0", "\"zzz qqq\"")]
    [InlineData("/model/merges/0", "\"onlyone\"")]
    [InlineData("/model/merges/0", "[\"a\"]")]
    [InlineData("/model/vocab/a", "-1")]
    [InlineData("/model/vocab/a", "1")]
    [InlineData("/model/vocab/a", "\"1\"")]
    public void A_tokenizer_that_contradicts_itself_is_damaged(string pointer, string value)
    {
        var json = SmallTokenizer.Json(root => Set(root, pointer, value));
        var fault = Assert.Throws<DataException>(() => TokenizerJson.Parse(json, "x"));
        Assert.Equal(DataFault.Damaged, fault.Fault);
    }

    [Fact]
    public void A_file_cut_anywhere_is_a_typed_fault()
    {
        var json = TokenizerJsonWriter.Write(SmallTokenizer.Definition);
        for (var length = 0; length < json.Length - 2; length += 7)
            Assert.Throws<DataException>(() => TokenizerJson.Parse(json.AsMemory(0, length), "x"));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var read = TokenizerJson.Parse(TokenizerJsonWriter.Write(SmallTokenizer.Definition), "x");
        Assert.Equal(SmallTokenizer.Definition.Merges, read.Merges);
        Assert.Equal(SmallTokenizer.Definition.AddedTokens, read.AddedTokens);
        Assert.Equal(
            SmallTokenizer.Definition.Vocabulary.OrderBy(entry => entry.Value),
            read.Vocabulary.OrderBy(entry => entry.Value)
        );
    }

    [Fact]
    public void Merges_may_be_pairs()
    {
        var json = SmallTokenizer.Json(root =>
        {
            var merges = root["model"]!["merges"]!.AsArray();
            root["model"]!["merges"] = new JsonArray([
                .. merges.Select(merge => new JsonArray([
                    .. merge!.GetValue<string>().Split(' ').Select(part => JsonValue.Create(part)),
                ])),
            ]);
        });
        Assert.Equal(SmallTokenizer.Definition.Merges, TokenizerJson.Parse(json, "x").Merges);
    }

    [Fact]
    public void A_sequence_of_NFC_composes()
    {
        var json = SmallTokenizer.Json(root =>
            Set(root, "/normalizer", "{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"}]}")
        );
        Assert.True(TokenizerJson.Parse(json, "x").Composes);
    }

    private static void Set(JsonNode root, string pointer, string value)
    {
        var parts = pointer[1..].Split('/');
        var parent = parts[..^1]
            .Aggregate(root, (node, part) => int.TryParse(part, out var at) ? node[at]! : node[part]!);
        if (int.TryParse(parts[^1], out var index))
            parent[index] = JsonNode.Parse(value);
        else
            parent[parts[^1]] = JsonNode.Parse(value);
    }
}
