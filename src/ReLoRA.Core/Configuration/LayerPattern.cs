using ReLoRA.Core.Models;

namespace ReLoRA.Core.Configuration;

/// <summary>Patterns over the published names of linears: <c>*</c> stands for any text.</summary>
internal static class LayerPattern
{
    /// <summary>Whether the pattern covers the whole name.</summary>
    public static bool Matches(string pattern, string name)
    {
        // By hand: the first regular expression of a process takes as long as the check of a whole sweep.
        var (at, next, star, covered) = (0, 0, -1, 0);
        while (at < name.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
                (star, covered) = (next++, at);
            else if (next < pattern.Length && pattern[next] == name[at])
                (next, at) = (next + 1, at + 1);
            else if (star >= 0)
                (next, at) = (star + 1, ++covered);
            else
                return false;
        }
        return !pattern.AsSpan(next).ContainsAnyExcept('*');
    }

    /// <summary>
    /// Whether a pattern with <c>*</c> covers the whole name, or one without is part of it. Case is passed over. The word
    /// <c>swiglu</c> alone is part of the feed-forward layer's names in any architecture.
    /// </summary>
    public static bool Covers(string pattern, string name) =>
        pattern.Equals(DecoderArchitecture.AnyFeedForward, StringComparison.OrdinalIgnoreCase)
            ? Architectures.All.Any(architecture =>
                name.Contains(architecture.FeedForward, StringComparison.OrdinalIgnoreCase)
            )
            : Fits(pattern, name);

    private static bool Fits(string pattern, string name) =>
        pattern.Contains('*', StringComparison.Ordinal)
            ? Matches(pattern.ToUpperInvariant(), name.ToUpperInvariant())
            : name.Contains(pattern, StringComparison.OrdinalIgnoreCase);

    /// <summary>The names of a model's linears.</summary>
    public static IEnumerable<string> Names(ModelConfig model) => Architectures.Of(model).Linears(model);
}
