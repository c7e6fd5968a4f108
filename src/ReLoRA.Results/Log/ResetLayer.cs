namespace ReLoRA.Results.Log;

/// <summary>What a reset did to one layer.</summary>
/// <param name="Name">The layer's name in the published model, for example <c>layers.3.attention.q_proj</c>.</param>
/// <param name="MergeError">Largest |(W' - W) - sBA| / |W'| over the layer's entries.</param>
/// <param name="UpdateNorm">Frobenius norm of the product that was merged.</param>
public sealed record ResetLayer(string Name, double MergeError, double UpdateNorm)
{
    internal static ResetLayer From(FieldMap fields) =>
        new(fields.Text("name"), fields.Number("merge_error"), fields.Number("update_norm"));

    internal void WriteTo(MapFields fields)
    {
        fields.Add("name", Name);
        fields.Add("merge_error", MergeError);
        fields.Add("update_norm", UpdateNorm);
    }
}
