using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Data.Tests.Tokenizers;

public sealed class CanonicalCompositionTests
{
    [Fact]
    public void This_runtime_normalizes() => CanonicalComposition.RequireIcu();

    [Fact]
    public void A_letter_and_its_mark_become_one_character() =>
        Assert.Equal("\u00e9", CanonicalComposition.Compose("e\u0301"));

    [Fact]
    public void Text_around_a_character_that_the_runtime_refuses_is_composed_all_the_same() =>
        Assert.Equal("\u00e9\ufffe\ufffe\u00e9", CanonicalComposition.Compose("e\u0301\ufffe\ufffee\u0301"));

    [Theory]
    [InlineData("\uffff")]
    [InlineData("\ufdd0")]
    [InlineData("\U0001fffe")]
    [InlineData("\0")]
    public void No_other_noncharacter_is_refused(string text) => Assert.Equal(text, CanonicalComposition.Compose(text));
}
