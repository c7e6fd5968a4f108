namespace ReLoRA.Results.Log;

/// <summary>What a reset did to one layer.</summary>
/// <param name="Name">The layer's name in the published model, for example <c>layers.3.attention.q_proj</c>.</param>
/// <param name="MergeError">Largest |(W' - W) - sBA| / |W'| over the layer's entries.</param>
/// <param name="UpdateNorm">Frobenius norm of the product that was merged.</param>
public sealed record ResetLayer(string Name, double MergeError, double UpdateNorm)
{
    /// <summary>L2 norm of A after the reset. Null in logs of versions that did not measure it.</summary>
    public double? NormA { get; init; }

    /// <summary>L2 norm of B after the reset. Null in logs of versions that did not measure it.</summary>
    public double? NormB { get; init; }

    /// <summary>Fraction of the adapter's optimizer moments that are zero afterwards. Null in logs of versions that did not measure it.</summary>
    public double? StateCleared { get; init; }

    /// <summary>|(W' - W) - BA| / |W'| for a rule that merges without the scale; null for one with it, where <see cref="MergeError"/> is that.</summary>
    public double? RuleError { get; init; }

    /// <summary>The adapter's rank from this reset on. Null in logs of versions that did not tell it.</summary>
    public int? Rank { get; init; }

    /// <summary>Singular values of the update that should have been merged, in descending order. Empty in logs of versions that did not tell them.</summary>
    public IReadOnlyList<double> Spectrum { get; init; } = [];

    internal static ResetLayer From(FieldMap fields) =>
        new(fields.Text("name"), fields.Number("merge_error"), fields.Number("update_norm"))
        {
            NormA = fields.OptionalNumber("norm_a"),
            NormB = fields.OptionalNumber("norm_b"),
            StateCleared = fields.OptionalNumber("state_cleared"),
            RuleError = fields.OptionalNumber("rule_error"),
            Rank = fields.OptionalInteger("rank"),
            Spectrum = fields.OptionalNumbers("spectrum"),
        };

    internal void WriteTo(MapFields fields)
    {
        fields.Add("name", Name);
        fields.Add("merge_error", MergeError);
        fields.Add("update_norm", UpdateNorm);
        fields.AddIfSet("norm_a", NormA);
        fields.AddIfSet("norm_b", NormB);
        fields.AddIfSet("state_cleared", StateCleared);
        fields.AddIfSet("rule_error", RuleError);
        if (Rank is { } rank)
            fields.Add("rank", rank);
        if (Spectrum.Count > 0)
            fields.Add("spectrum", Spectrum);
    }
}
