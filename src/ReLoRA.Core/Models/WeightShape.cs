namespace ReLoRA.Core.Models;

/// <summary>A weight that an architecture has, known before any memory is taken for it.</summary>
/// <param name="Name">The bare name, for example <c>layers.3.attention.q_proj.weight</c>.</param>
/// <param name="Shape">The shape.</param>
/// <param name="IsLinear">Whether it is a block's linear, (out, in), which a low-rank method may adapt.</param>
internal sealed record WeightShape(string Name, long[] Shape, bool IsLinear = false)
{
    /// <summary>The name of what the weight is of: without <c>.weight</c>.</summary>
    public string Owner => Name[..Name.LastIndexOf('.')];
}
