using System.Text.Json;

namespace ReLoRA.Export.Tests;

public sealed class KnobsTests
{
    [Fact]
    public void Knobs_are_known_by_their_paths_and_keep_their_types()
    {
        var knobs = Knobs.Of(
            """{"A":{"B":{"C":1,"D":1.5}},"E":true,"F":"x","G":[1,{"H":2}],"I":null,"J":12345678901234567890}"""
        );

        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["A.B.C"] = 1L,
                ["A.B.D"] = 1.5,
                ["E"] = true,
                ["F"] = "x",
                ["G"] = """[1,{"H":2}]""",
                ["I"] = null,
                ["J"] = 12345678901234567890.0,
            },
            knobs
        );
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public void What_is_no_object_is_refused(string config) => Assert.ThrowsAny<JsonException>(() => Knobs.Of(config));
}
