namespace ReLoRA.Core.Checkpoints;

/// <summary>A tensor on its way into a file, wherever its bytes lie.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">Its type, as the format names it.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Bytes">Length of its data.</param>
/// <param name="WriteTo">Writes its data, in pieces.</param>
internal sealed record TensorEntry(
    string Name,
    string Type,
    IReadOnlyList<long> Shape,
    long Bytes,
    Action<Stream> WriteTo
);
