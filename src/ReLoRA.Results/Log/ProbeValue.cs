namespace ReLoRA.Results.Log;

/// <summary>What a probe found on one layer.</summary>
/// <param name="Layer">The layer's name in the published model, for example <c>layers.3.attention.q_proj</c>.</param>
/// <param name="Value">The figure; NaN where it does not exist.</param>
/// <param name="Finding">
/// Why the figure does not exist or means little, for example <c>zero matrix</c> or <c>numerically singular</c>; empty otherwise.
/// </param>
public sealed record ProbeValue(string Layer, double Value, string Finding)
{
    internal static ProbeValue From(FieldMap fields) =>
        new(fields.Text("layer"), fields.Number("value"), fields.Text("finding"));

    internal void WriteTo(MapFields fields)
    {
        fields.Add("layer", Layer);
        fields.Add("value", Value);
        fields.Add("finding", Finding);
    }
}
