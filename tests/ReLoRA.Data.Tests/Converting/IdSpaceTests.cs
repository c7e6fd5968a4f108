using ReLoRA.Data.Converting;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Converting;

public sealed class IdSpaceTests
{
    private static string English => Repository.PathOf("datasets", "english", "tokenizer.json");

    [Fact]
    public void A_tokenizer_tells_all_of_it()
    {
        var space = IdSpace.Of(new IdOrigin { Tokenizer = English });
        Assert.Equal(DataFiles.Sha256(English), space.TokenizerSha256);
        Assert.InRange(space.EndOfText, 0, space.VocabularySize - 1);
        Assert.Equal(space, IdSpace.Of(new IdOrigin { Tokenizer = English, EndOfText = "<|endoftext|>" }));
    }

    [Fact]
    public void Numbers_given_go_before_the_tokenizers()
    {
        var space = IdSpace.Of(new IdOrigin { Tokenizer = English, VocabularySize = 50_304 });
        Assert.Equal(50_304, space.VocabularySize);
        // With both numbers any file can be named, of kinds that are not read here too.
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("tokenizer.bin"), "unknown kind");
        space = IdSpace.Of(
            new IdOrigin
            {
                Tokenizer = folder.File("tokenizer.bin"),
                VocabularySize = 10,
                EndOfText = "9",
            }
        );
        Assert.Equal(
            (10, 9, DataFiles.Sha256(folder.File("tokenizer.bin"))),
            (space.VocabularySize, space.EndOfText, space.TokenizerSha256)
        );
    }

    [Theory]
    [InlineData(null, null, "the vocabulary size and the end-of-text id")]
    [InlineData(10, null, "the end-of-text id")]
    [InlineData(null, "0", "the vocabulary size")]
    [InlineData(10, "</s>", "the id of \"</s>\"")]
    public void What_is_missing_is_said_with_the_remedy(int? vocabulary, string? end, string named)
    {
        var fault = Assert.Throws<DataException>(() =>
            IdSpace.Of(new IdOrigin { VocabularySize = vocabulary, EndOfText = end })
        );
        Assert.Equal(DataFault.Missing, fault.Fault);
        Assert.Contains($"does not tell {named}. Give --tokenizer FILE", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-5, "0")]
    [InlineData(10, "10")]
    [InlineData(10, "-1")]
    public void Numbers_that_cannot_be_are_refused(int vocabulary, string end)
    {
        var origin = new IdOrigin { VocabularySize = vocabulary, EndOfText = end };
        Assert.Equal(DataFault.InvalidValue, Assert.Throws<DataException>(() => IdSpace.Of(origin)).Fault);
    }
}
