using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Tests;

/// <summary>A precision in which the published code was recorded, and how near ours must come to it.</summary>
/// <param name="Name">f64, f32 or f64_asis: 64 bits with the published casts to 32 left in.</param>
/// <param name="Precision">The precision here.</param>
/// <param name="Values">For logits and losses.</param>
/// <param name="Gradients">For each element of a gradient, and for norms over many.</param>
/// <param name="Merged">For weights after a merge.</param>
internal sealed record GoldenMode(string Name, Precision Precision, double Values, double Gradients, double Merged)
{
    public static readonly IReadOnlyList<string> Names = ["f64", "f32", "f64_asis"];

    /// <summary>The mode of a name.</summary>
    public static GoldenMode Of(string name) =>
        name switch
        {
            "f64" => new(name, Precision.Float64, Golden.Float64, Golden.Float64, Golden.Merged),
            "f32" => new(name, Precision.Float32, Golden.Float32Logits, Golden.Float32Gradients, Golden.Float32Merged),
            _ => new(name, Precision.Float64, Golden.PublishedCasts, Golden.PublishedCasts, Golden.Merged),
        };
}
