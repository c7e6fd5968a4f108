using System.Text.RegularExpressions;

namespace ReLoRA.Core.Configuration;

/// <summary>Patterns over the published names of linears: <c>*</c> stands for any text.</summary>
internal static class LayerPattern
{
    private static readonly string[] Linears =
    [
        "attention.q_proj",
        "attention.k_proj",
        "attention.v_proj",
        "attention.o_proj",
        "swiglu.w_0",
        "swiglu.w_1",
        "swiglu.w_2",
    ];

    /// <summary>Whether the pattern covers the whole name.</summary>
    public static bool Matches(string pattern, string name) =>
        Regex.IsMatch(
            name,
            $"^{string.Join(".*", pattern.Split('*').Select(Regex.Escape))}$",
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
        );

    /// <summary>Whether a pattern with <c>*</c> covers the whole name, or one without is part of it. Case is passed over.</summary>
    public static bool Covers(string pattern, string name) =>
        pattern.Contains('*', StringComparison.Ordinal)
            ? Matches(pattern.ToUpperInvariant(), name.ToUpperInvariant())
            : name.Contains(pattern, StringComparison.OrdinalIgnoreCase);

    /// <summary>The names of a model's linears.</summary>
    public static IEnumerable<string> Names(ModelConfig model) =>
        Enumerable.Range(0, model.Layers).SelectMany(layer => Linears.Select(linear => $"layers.{layer}.{linear}"));
}
