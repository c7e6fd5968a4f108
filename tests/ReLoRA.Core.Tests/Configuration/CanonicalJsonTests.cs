using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Tests.Configuration;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Keys_are_ordered_by_UTF_16_code_units()
    {
        // The example of RFC 8785, section 3.2.3.
        var map = new Dictionary<string, object?>
        {
            ["\u20ac"] = "Euro Sign",
            ["\r"] = "Carriage Return",
            ["\ufb33"] = "Hebrew Letter Dalet With Dagesh",
            ["1"] = "One",
            ["\ud83d\ude00"] = "Emoji: Grinning Face",
            ["\u0080"] = "Control",
            ["\u00f6"] = "Latin Small Letter O With Diaeresis",
        };
        string[] order =
        [
            "Carriage Return",
            "One",
            "Control",
            "Latin Small Letter O With Diaeresis",
            "Euro Sign",
            "Emoji: Grinning Face",
            "Hebrew Letter Dalet With Dagesh",
        ];
        var text = CanonicalJson.Write(map);
        var places = order.Select(value => text.IndexOf(value, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void Values_have_one_spelling_each() =>
        Assert.Equal(
            """{"a":[true,false,null],"b":{"c":"x\"\\\n"},"d":"ReLoRA"}""",
            CanonicalJson.Write(
                new Dictionary<string, object?>
                {
                    ["d"] = LowRankMethod.ReLoRA,
                    ["b"] = new Dictionary<string, object?> { ["c"] = "x\"\\\n" },
                    ["a"] = new object?[] { true, false, null },
                }
            )
        );

    [Theory]
    [InlineData(9007199254740992, "9007199254740992")]
    [InlineData(9007199254740993, "\"9007199254740993\"")]
    [InlineData(-5, "-5")]
    public void Integers_that_doubles_cannot_hold_are_texts(long number, string expected) =>
        Assert.Equal(expected, CanonicalJson.Write(number));

    [Fact]
    public void What_JSON_does_not_know_is_refused() =>
        Assert.Throws<ArgumentException>(() => CanonicalJson.Write(new object()));
}
