using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Published;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Core.Safetensors;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Stored;

/// <summary>The type in which a model folder stores its linears, which says where the rounding of its numbers ends.</summary>
internal static class StoredType
{
    /// <summary>The coarsest type of a linear's tensors, and a precision that holds every number of the file as it is.</summary>
    /// <exception cref="UserFaultException">The configuration or the weights have faults; the message lists all of them.</exception>
    /// <exception cref="SafetensorsException">The file of the weights is missing or malformed.</exception>
    public static (ScalarType Type, Precision Precision) Of(string folder)
    {
        var path = Path.Combine(folder, ModelFolder.WeightsName);
        var config = FolderConfigReader.Read(Path.Combine(folder, ModelFolder.ConfigName));
        using var reader = SafetensorsReader.Open(path);
        var stored = StoredWeights.Match(reader, config, path);
        var linears = LayerPattern.Names(config.Model).ToHashSet(StringComparer.Ordinal);
        var types = stored
            .Where(weight => linears.Contains(PublishedName.Of(weight.Key).Linear))
            .Select(weight => TypeOf(weight.Value));
        var isWide = stored.Values.Any(weight => TypeOf(weight) == ScalarType.Float64);
        return (types.MaxBy(type => type.Unit()), isWide ? Precision.Float64 : Precision.Float32);
    }

    private static ScalarType TypeOf(StoredTensor tensor) => StoredTypes.TensorTypeOf(tensor.Type)!.Value;
}
