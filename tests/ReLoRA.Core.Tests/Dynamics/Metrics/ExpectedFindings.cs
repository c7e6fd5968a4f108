namespace ReLoRA.Core.Tests.Dynamics.Metrics;

/// <summary>What ours must say of the recorded matrices that have no figure, or one that is to be read with care.</summary>
internal static class ExpectedFindings
{
    /// <summary>Published sums that passed or missed what 32 bits can hold, and sums in 16 bits.</summary>
    private static readonly HashSet<(string Matrix, string Type, string Metric)> Rounding =
    [
        ("tiny_scale", "float32", "hoyer"),
        ("tiny_scale", "float32", "norm_frobenius"),
        ("huge_scale", "float32", "hoyer"),
        ("huge_scale", "float32", "norm_frobenius"),
        ("random_square", "bfloat16", "hoyer"),
        ("random_square", "float16", "hoyer"),
        ("random_square", "float16", "gini"),
    ];

    /// <summary>Whether the published number is rounding although the figure exists.</summary>
    public static bool IsRounding(string matrix, string type, string metric) =>
        Rounding.Contains((matrix, type, metric));

    /// <summary>The finding beside a figure; empty for a sound one.</summary>
    public static string Of(string matrix, string type, string metric) =>
        metric switch
        {
            "per" or "condition_number" => OfSpectrum(matrix, type),
            "norm_nuclear" when matrix is "vector_1d" or "activations_3d" => "not a matrix",
            "hoyer" when matrix == "single_element" => "single element",
            "gini" or "hoyer" when matrix == "zero" => "zero matrix",
            _ => Elements(matrix),
        };

    private static string OfSpectrum(string matrix, string type) =>
        (matrix, type) switch
        {
            ("zero", _) => "zero matrix",
            ("vector_1d" or "activations_3d", _) => "not a matrix",
            ("all_equal", _) => "rank deficient (1 of 9)",
            ("one_hot", _) => "rank deficient (1 of 5)",
            ("exact_zero_singular_value", _) => "rank deficient (3 of 4)",
            // Their small singular values are rounding of 32 bits, and figures of the numbers as they are in 64.
            ("low_rank_exact", "float32") => "rank deficient (5 of 20)",
            ("ill_conditioned_1e9", "float32") => "rank deficient (10 of 16)",
            ("random_square", "bfloat16") => "rank deficient (23 of 24)",
            _ => Elements(matrix),
        };

    private static string Elements(string matrix) =>
        matrix switch
        {
            "nan" or "inf" => "not finite",
            "empty" => "empty",
            _ => "",
        };
}
