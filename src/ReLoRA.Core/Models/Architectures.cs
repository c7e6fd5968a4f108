using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models.Pico;

namespace ReLoRA.Core.Models;

/// <summary>The architectures there are.</summary>
internal static class Architectures
{
    private static readonly PicoArchitecture Pico = new();

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<DecoderArchitecture> All { get; } = [Pico];

    /// <summary>A shape's architecture.</summary>
    public static DecoderArchitecture Of(ModelConfig model) => Pico;
}
