using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Data.Tests.Tokenizers;

public sealed class EndOfTextTests
{
    private static readonly AddedToken Padding = new(1, "<|padding|>", IsSpecial: true, IsNormalized: false);
    private static readonly AddedToken Customary = new(7, "</s>", IsSpecial: true, IsNormalized: false);

    [Fact]
    public void A_customary_name_is_found() => Assert.Equal(Customary, EndOfText.Find([Padding, Customary], "x"));

    [Fact]
    public void A_name_that_is_given_comes_first() =>
        Assert.Equal(Padding, EndOfText.Find([Padding, Customary], "x", "<|padding|>"));

    [Theory]
    [InlineData(null)]
    [InlineData("<|stop|>")]
    public void Without_one_the_message_says_what_there_is(string? name)
    {
        var fault = Assert.Throws<DataException>(() => EndOfText.Find([Padding], "some.json", name));
        Assert.Equal(DataFault.Missing, fault.Fault);
        Assert.Contains("some.json", fault.Message, StringComparison.Ordinal);
        Assert.Contains("<|padding|>", fault.Message, StringComparison.Ordinal);
    }
}
