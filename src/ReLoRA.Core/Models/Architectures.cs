using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Models;

/// <summary>The architectures there are: every <see cref="DecoderArchitecture"/> of this assembly, so that none has to be listed.</summary>
internal static class Architectures
{
    /// <summary>All of them, in the order of their names, the default first.</summary>
    public static IReadOnlyList<DecoderArchitecture> All { get; } =
    [
        .. typeof(DecoderArchitecture)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DecoderArchitecture)))
            .Select(type => (DecoderArchitecture)Activator.CreateInstance(type)!)
            .OrderBy(architecture => architecture.Name),
    ];

    /// <summary>A shape's architecture.</summary>
    public static DecoderArchitecture Of(ModelConfig model) => All.First(one => one.Name == model.Architecture);
}
