using ReLoRA.Data.Tokenizers;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Tokenizers;

public sealed class TextTokenizerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Once upon a time, there was a little girl named Lily.")]
    [InlineData("Caf\u00e9, na\u00efve: \u4e2d\u6587 \U0001F600!")]
    [InlineData("two  spaces\nand a line")]
    public void A_SentencePiece_model_gives_texts_back(string text)
    {
        var tokenizer = TextTokenizer.Find(SharedData.Require("data", "models", "stories260k"));

        Assert.Equal(text, tokenizer.Decode(tokenizer.Encode(text)));
        Assert.Equal(512, tokenizer.VocabularySize);
        Assert.Equal((1, 2), (tokenizer.BeginOfText, tokenizer.EndOfText));
    }

    [Fact]
    public void Begin_and_end_are_left_out_of_a_text()
    {
        var tokenizer = TextTokenizer.Find(SharedData.Require("data", "models", "stories260k"));

        Assert.Equal("Once upon a time", tokenizer.Decode([1, .. tokenizer.Encode("Once upon a time"), 2]));
        var fault = Assert.Throws<DataException>(() => tokenizer.Decode([1, 512]));
        Assert.Equal(DataFault.TokenOutOfRange, fault.Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no protocol buffer at all")]
    [InlineData("\n\u0003abc")]
    public void A_damaged_model_is_a_typed_fault(string content)
    {
        File.WriteAllText(folder.File("tokenizer.model"), content);

        var fault = Assert.Throws<DataException>(() => TextTokenizer.Find(folder.Path));

        Assert.Equal(DataFault.Damaged, fault.Fault);
    }

    [Fact]
    public void The_shipped_tokenizer_begins_and_ends_texts_with_its_end_of_text()
    {
        var tokenizer = TextTokenizer.Open(Repository.PathOf("datasets", "english", "tokenizer.json"));

        Assert.NotNull(tokenizer.EndOfText);
        Assert.Equal(tokenizer.EndOfText, tokenizer.BeginOfText);
        Assert.Equal("The farmer.", tokenizer.Decode([tokenizer.EndOfText.Value, .. tokenizer.Encode("The farmer.")]));
    }

    [Fact]
    public void A_folder_without_a_tokenizer_says_what_was_looked_for()
    {
        var fault = Assert.Throws<DataException>(() => TextTokenizer.Find(folder.Path));

        Assert.Equal(DataFault.Missing, fault.Fault);
        Assert.Contains("tokenizer.json", fault.Message, StringComparison.Ordinal);
        Assert.Contains("tokenizer.model", fault.Message, StringComparison.Ordinal);
    }
}
