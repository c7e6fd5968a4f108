using ReLoRA.Core.Configuration;

namespace ReLoRA.Core.Models;

/// <summary>
/// The architectures there are: of each <see cref="Architecture"/> the class of its name in the folder of its name, so that none has to be
/// listed. To look through all types would load TorchSharp, which a plan has no need of.
/// </summary>
internal static class Architectures
{
    /// <summary>All of them, in the order of their names, the default first.</summary>
    public static IReadOnlyList<DecoderArchitecture> All { get; } = [.. Enum.GetValues<Architecture>().Select(Create)];

    /// <summary>A shape's architecture.</summary>
    public static DecoderArchitecture Of(ModelConfig model) => All.First(one => one.Name == model.Architecture);

    private static DecoderArchitecture Create(Architecture name)
    {
        var type = typeof(Architectures);
        return (DecoderArchitecture)
            Activator.CreateInstance(
                type.Assembly.GetType($"{type.Namespace}.{name}.{name}Architecture", throwOnError: true)!
            )!;
    }
}
