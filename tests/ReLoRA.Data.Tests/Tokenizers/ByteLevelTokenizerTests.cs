using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Data.Tests.Tokenizers;

public sealed class ByteLevelTokenizerTests
{
    [Fact]
    public void Any_text_comes_back_from_its_ids()
    {
        Prop.ForAll<string?>(text =>
            {
                // Lone surrogates are no text: they become U+FFFD, as in every UTF-8 file.
                var given = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
                return SmallTokenizer.Tokenizer.Decode(SmallTokenizer.Tokenizer.Encode(text ?? "")) == given;
            })
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Text_of_every_plane_comes_back_from_its_ids()
    {
        var points = Gen.Choose(0, 0x10FFFF).Where(Rune.IsValid).Select(point => new Rune(point).ToString());
        Prop.ForAll(
                points.ListOf().Select(string.Concat).ToArbitrary(),
                text => SmallTokenizer.Tokenizer.Decode(SmallTokenizer.Tokenizer.Encode(text)) == text
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_lone_surrogate_counts_as_the_replacement_character()
    {
        var tokenizer = SmallTokenizer.Tokenizer;
        Assert.Equal(tokenizer.Encode("a\ufffdb"), tokenizer.Encode("a\ud800b"));
    }

    [Fact]
    public void End_of_text_is_one_id_wherever_it_stands()
    {
        var tokenizer = SmallTokenizer.Tokenizer;
        Assert.Equal(
            [.. tokenizer.Encode("the"), 0, 0, .. tokenizer.Encode(" cat")],
            tokenizer.Encode("the<|endoftext|><|endoftext|> cat")
        );
    }

    [Fact]
    public void Special_tokens_can_be_left_out_of_the_text()
    {
        var ids = SmallTokenizer.Tokenizer.Encode("the<|endoftext|> cat");
        Assert.Equal("the cat", SmallTokenizer.Tokenizer.Decode(ids, skipSpecial: true));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void An_id_of_another_tokenizer_is_refused(int id)
    {
        var fault = Assert.Throws<DataException>(() => SmallTokenizer.Tokenizer.Decode([id]));
        Assert.Equal(DataFault.TokenOutOfRange, fault.Fault);
    }

    [Fact]
    public void The_longest_added_token_wins()
    {
        var tokenizer = With([new AddedToken(300, "  ", false, true), new AddedToken(301, "    ", false, true)]);
        Assert.Equal([301, 300], tokenizer.Encode("      "));
        Assert.Equal("      ", tokenizer.Decode([301, 300]));
    }

    [Fact]
    public void Added_tokens_that_are_not_normalized_match_the_text_as_given()
    {
        // The first holds a letter and a combining mark, the second the letter they compose to.
        var tokenizer = With(
            [
                new AddedToken(300, "e\u0301", false, IsNormalized: false),
                new AddedToken(301, "\u00e9", false, IsNormalized: true),
            ],
            composes: true
        );
        Assert.Equal([300], tokenizer.Encode("e\u0301"));
        Assert.Equal([301], tokenizer.Encode("\u00e9"));
        Assert.Equal(
            [301],
            With([new AddedToken(301, "\u00e9", false, IsNormalized: true)], composes: true).Encode("e\u0301")
        );
    }

    [Fact]
    public void A_missing_file_names_its_path()
    {
        var fault = Assert.Throws<DataException>(() => ByteLevelTokenizer.Load("no/such/tokenizer.json"));
        Assert.Equal(DataFault.Missing, fault.Fault);
        Assert.Contains("no/such/tokenizer.json", fault.Message, StringComparison.Ordinal);
    }

    private static ByteLevelTokenizer With(IEnumerable<AddedToken> added, bool composes = false) =>
        new(SmallTokenizer.Definition with { AddedTokens = [.. added], Composes = composes });
}
