namespace ReLoRA.Core.Safetensors;

/// <summary>Where a file holds a tensor, and what it is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type as the format names it, for example <c>BF16</c>.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Start">Its first byte, counted from the end of the header.</param>
/// <param name="Length">Its bytes.</param>
public sealed record StoredTensor(string Name, string Type, IReadOnlyList<long> Shape, long Start, long Length)
{
    /// <summary>Name, type and shape.</summary>
    public override string ToString() => $"{Name} {Type} [{string.Join(", ", Shape)}]";
}
