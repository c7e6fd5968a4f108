using System.Text;
using System.Text.Json;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Data.Tokenizers;
using ReLoRA.Data.Tokenizers.Lines;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Tokenizers.Lines;

public sealed class TokenLinesTests
{
    [Fact]
    public void Each_line_becomes_the_line_of_its_ids_and_its_text_again()
    {
        var texts = DrawnTexts.Of(10_000).ToList();
        var lines = string.Concat(texts.Select(text => JsonSerializer.Serialize(text) + "\n"));
        var ids = Run(TokenLines.Encode, lines);
        Assert.Equal(
            texts.Select(text => JsonSerializer.Serialize(SmallTokenizer.Tokenizer.Encode(text))),
            ids.TrimEnd('\n').Split('\n')
        );
        var back = Run(TokenLines.Decode, ids).TrimEnd('\n').Split('\n');
        Assert.Equal(texts, back.Select(line => JsonSerializer.Deserialize<string>(line)!));
    }

    [Theory]
    [InlineData(true, "\"x\"\n7\n", "(2): found a number; every line must be a JSON string")]
    [InlineData(true, "\"x\n", "(1): ")]
    [InlineData(true, "\"x\"\n\n\"y\"\n", "(2): ")]
    [InlineData(false, "[1]\n[1.5]\n", "(2): found 1.5 as an id")]
    [InlineData(false, "[1]\n\n", "(2): ")]
    [InlineData(false, "[1]\n{}\n", "(2): found an object")]
    [InlineData(false, "[1]\n[2]\n[99999]\n", "(3): Token id 99999 is not of this tokenizer")]
    public void A_bad_line_is_named_with_what_was_found(bool encodes, string content, string message)
    {
        var fault = Assert.Throws<DataException>(() => Run(encodes ? TokenLines.Encode : TokenLines.Decode, content));
        Assert.Contains("somewhere" + message, fault.Message, StringComparison.Ordinal);
    }

    private static string Run(Action<ITextTokenizer, Stream, string, Stream> verb, string lines)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("tokenizer.json"), TokenizerJsonWriter.Write(SmallTokenizer.Definition));
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        using var output = new MemoryStream();
        verb(TextTokenizer.Open(folder.File("tokenizer.json")), input, "somewhere", output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
