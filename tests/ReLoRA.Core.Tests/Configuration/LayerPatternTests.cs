using System.Text.RegularExpressions;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Tests.Configuration;

public sealed class LayerPatternTests
{
    private static readonly string[] Pieces = ["a", "b", ".", "*", "ab", "a.b", "*a"];

    [Theory]
    [InlineData("*", "layers.3.attention.q_proj", true)]
    [InlineData("*.attention.*", "layers.3.attention.q_proj", true)]
    [InlineData("layers.3.*", "layers.31.attention.q_proj", false)]
    [InlineData("*.q_proj", "layers.3.attention.q_proj", true)]
    [InlineData("layers?3*", "layers.3.attention.q_proj", false)]
    [InlineData("", "layers", false)]
    public void A_star_stands_for_any_text(string pattern, string name, bool matches) =>
        Assert.Equal(matches, LayerPattern.Matches(pattern, name));

    [Fact]
    public void All_short_patterns_match_as_regular_expressions_do()
    {
        var patterns = Products(3).ToList();
        var names = patterns.Where(name => !name.Contains('*', StringComparison.Ordinal)).ToList();
        foreach (var pattern in patterns)
        {
            var expression = new Regex($"^{string.Join(".*", pattern.Split('*').Select(Regex.Escape))}$");
            foreach (var name in names)
                Assert.True(expression.IsMatch(name) == LayerPattern.Matches(pattern, name), $"{pattern} and {name}");
        }
    }

    private static IEnumerable<string> Products(int length) =>
        length == 0 ? [""] : Products(length - 1).SelectMany(begun => Pieces.Select(piece => begun + piece));
}
