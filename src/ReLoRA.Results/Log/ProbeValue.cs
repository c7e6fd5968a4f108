namespace ReLoRA.Results.Log;

/// <summary>What a probe found on one layer.</summary>
/// <param name="Layer">The layer's name in the published model, for example <c>layers.3.attention.q_proj</c>.</param>
/// <param name="Value">The figure; NaN where it does not exist.</param>
/// <param name="Finding">
/// Why the figure does not exist or means little, for example <c>zero matrix</c> or <c>numerically singular</c>; empty otherwise.
/// </param>
public sealed record ProbeValue(string Layer, double Value, string Finding)
{
    /// <summary>Of a figure that is a vector its numbers, of a small table its rows one after another; else empty.</summary>
    public IReadOnlyList<double> Vector { get; init; } = [];

    /// <summary>The names of a table's columns; else empty.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    internal static ProbeValue From(FieldMap fields) =>
        new(fields.Text("layer"), fields.Number("value"), fields.Text("finding"))
        {
            Vector = fields.OptionalNumbers("vector"),
            Columns = fields.OptionalTexts("columns"),
        };

    internal void WriteTo(MapFields fields)
    {
        fields.Add("layer", Layer);
        fields.Add("value", Value);
        fields.Add("finding", Finding);
        if (Vector.Count > 0)
            fields.Add("vector", Vector);
        if (Columns.Count > 0)
            fields.Add("columns", Columns);
    }
}
