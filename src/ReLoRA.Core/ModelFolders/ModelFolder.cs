using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Safetensors;
using ReLoRA.Results.Runs;
using static TorchSharp.torch;

namespace ReLoRA.Core.ModelFolders;

/// <summary>
/// Folders in the published format: <c>config.json</c>, and <c>model.safetensors</c> under the architecture's published names. A
/// run's checkpoints are such folders too.
/// </summary>
public static class ModelFolder
{
    /// <summary>The file of the weights.</summary>
    public const string WeightsName = "model.safetensors";

    /// <summary>The file of the shape.</summary>
    public const string ConfigName = "config.json";

    /// <summary>Loads a model. Weights are converted to its precision, and nothing of the file but one piece is held beside them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="precision">The number type to compute in.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="UserFaultException">The configuration or the weights have faults; the message lists all of them.</exception>
    /// <exception cref="SafetensorsException">The file of the weights is missing or malformed.</exception>
    public static LoadedModel Load(string folder, Precision precision, Device device)
    {
        var config = ReadConfig(folder);
        var path = Path.Combine(folder, WeightsName);
        using var reader = SafetensorsReader.Open(path);
        // Before the model is built: a configuration that asks for more than the file has takes no memory.
        var stored = StoredWeights.Match(reader, config, path);
        var run = new RunConfig
        {
            Model = config.Model,
            LowRank = config.LowRank,
            Precision = precision,
        };
        var decoder = ModelFactory.Create(run, new BlankWeights(precision.ScalarType()), device);
        foreach (var parameter in decoder.Parameters)
            reader.CopyTo(stored[parameter.Name], parameter.Value);
        return new LoadedModel(decoder, run, config.BeginOfText, config.EndOfText);
    }

    /// <summary>Checks that a folder can be loaded, without loading it.</summary>
    /// <exception cref="UserFaultException">The configuration or the weights have faults; the message lists all of them.</exception>
    /// <exception cref="SafetensorsException">The file of the weights is missing or malformed.</exception>
    internal static FolderConfig Check(string folder)
    {
        var config = ReadConfig(folder);
        var path = Path.Combine(folder, WeightsName);
        using var reader = SafetensorsReader.Open(path);
        StoredWeights.Match(reader, config, path);
        return config;
    }

    /// <summary>Saves a model. Adapters are stored beside their weights, unmerged.</summary>
    /// <param name="folder">The folder, made if it is not there; its two files are replaced.</param>
    /// <param name="config">What the model was built from.</param>
    /// <param name="model">The model.</param>
    /// <param name="type">The number type to store.</param>
    public static void Save(string folder, RunConfig config, Decoder model, WeightType type = WeightType.AsIs)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, WeightsName);
        SafetensorsFile.Write(path + ".partial", Weights(model), TypeOf(type));
        File.Move(path + ".partial", path, overwrite: true);
        AtomicFile.Write(Path.Combine(folder, ConfigName), PublishedConfig.Write(config));
    }

    /// <summary>A model's weights under the names of a file.</summary>
    internal static List<(string Name, Tensor Value)> Weights(Decoder model)
    {
        var format = Architectures.Of(model.Model).Folder;
        return [.. model.Parameters.Select(parameter => (format.FileName(parameter.Name), parameter.Value))];
    }

    private static FolderConfig ReadConfig(string folder) =>
        Directory.Exists(folder)
            ? FolderConfigReader.Read(Path.Combine(folder, ConfigName))
            : throw new UserFaultException(
                $"{folder}: no such folder. Give a model folder, with {ConfigName} and {WeightsName} in it."
            );

    private static ScalarType? TypeOf(WeightType type) =>
        type switch
        {
            WeightType.Float32 => ScalarType.Float32,
            WeightType.BFloat16 => ScalarType.BFloat16,
            WeightType.Float16 => ScalarType.Float16,
            _ => null,
        };
}
