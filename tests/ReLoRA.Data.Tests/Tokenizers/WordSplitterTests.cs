using FsCheck;
using FsCheck.Fluent;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Data.Tests.Tokenizers;

public sealed class WordSplitterTests
{
    [Theory]
    [InlineData("Hello world", "Hello| world")]
    [InlineData("I'll we've it's", "I|'ll| we|'ve| it|'s")]
    [InlineData("it'S", "it|'|S")]
    [InlineData("a  b", "a| | b")]
    [InlineData("a \n b", "a| \n| b")]
    [InlineData("a\nb", "a|\n|b")]
    [InlineData("end   ", "end|   ")]
    [InlineData("abc123!?", "abc|123|!?")]
    [InlineData(" 12 !", " 12| !")]
    [InlineData("x\u00a0y", "x|\u00a0|y")]
    [InlineData("'", "'")]
    [InlineData("'r", "'|r")]
    public void Words_are_those_of_the_published_pattern(string text, string words)
    {
        Assert.Equal(words.Split('|'), Split(text));
    }

    [Theory]
    [InlineData("\U0001D400\U0001D401", 1)] // Mathematical letters are letters.
    [InlineData("\U0001D7D8\U0001D7D9", 1)] // Mathematical digits are digits.
    [InlineData("a\U0001D7D8", 2)]
    [InlineData("a\U0001F600", 2)]
    public void Code_points_beyond_the_first_plane_have_their_kind(string text, int words)
    {
        Assert.Equal(words, Split(text).Count);
    }

    [Fact]
    public void Words_cover_any_text_without_gap()
    {
        Prop.ForAll<string?>(text =>
            {
                var given = text ?? "";
                return string.Concat(Split(given)) == given && Split(given).All(word => word.Length > 0);
            })
            .QuickCheckThrowOnFailure();
    }

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        for (var start = 0; start < text.Length; )
        {
            var end = WordSplitter.WordEnd(text, start);
            words.Add(text[start..end]);
            start = end;
        }
        return words;
    }
}
