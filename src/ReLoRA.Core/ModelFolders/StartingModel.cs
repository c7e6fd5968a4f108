using System.Security.Cryptography;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;
using ReLoRA.Core.Safetensors;
using static TorchSharp.torch;
using Encoding = System.Text.Encoding;

namespace ReLoRA.Core.ModelFolders;

/// <summary>A model folder that runs start from: <see cref="RunConfig.InitFrom"/>.</summary>
public sealed class StartingModel
{
    private readonly ModelConfig model;

    private StartingModel(string folder, string hash, ModelConfig model) =>
        (Folder, Hash, this.model) = (folder, hash, model);

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>SHA-256, in hexadecimal, over the hashes of its two files: what identity knows of it.</summary>
    public string Hash { get; }

    /// <summary>Reads shape and names, checks them, and hashes the files. No weight is loaded.</summary>
    /// <param name="folder">A model folder.</param>
    /// <exception cref="UserFaultException">The configuration or the weights have faults; the message lists all of them.</exception>
    /// <exception cref="SafetensorsException">The file of the weights is missing or malformed.</exception>
    public static StartingModel Open(string folder)
    {
        var config = ModelFolder.Check(folder);
        return new StartingModel(folder, HashOf(folder), config.Model);
    }

    /// <summary>Why a run cannot start from it: each knob of another shape, all at once.</summary>
    /// <param name="config">The run.</param>
    public IEnumerable<string> Unfit(RunConfig config) =>
        KnobTree
            .Leaves(model, "Model")
            // How far the table of positions reaches is no property of the weights.
            .Where(leaf => leaf.Key != "Model.MaxSequenceLength" && !IsUnused(leaf.Key))
            .Select(leaf => (leaf.Key, Found: KnobTree.Get(config, leaf.Key), Needed: leaf.Value))
            .Where(knob => !Equals(knob.Found, knob.Needed))
            .Select(knob =>
                FormattableString.Invariant($"{knob.Key} is {knob.Found}; the model in {Folder} has {knob.Needed}.")
            );

    /// <summary>
    /// Copies the weights of a model folder into a new model of the same shape. Adapters in the folder are merged, in 64 bits; the new
    /// model's own stay as they were drawn.
    /// </summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="config">What the model was built from.</param>
    /// <param name="target">The new model.</param>
    internal static void Copy(string folder, RunConfig config, Decoder target)
    {
        using var start = ModelFolder.Load(folder, config.Precision, CPU);
        using var frozen = no_grad();
        var linears = start.Decoder.Linears.ToDictionary(linear => $"{linear.Name}.weight");
        foreach (var (name, _, _) in Architectures.Of(config.Model).Weights(config.Model))
        {
            using var scope = NewDisposeScope();
            var weight = linears.TryGetValue(name, out var linear)
                ? linear.EffectiveWeight()
                : start.Decoder.Parameters[name].Value;
            target.Parameters[name].Value.copy_(weight);
        }
    }

    private bool IsUnused(string knob) => Architectures.Of(model).UnusedKnobs.Contains(knob["Model.".Length..]);

    private static string HashOf(string folder)
    {
        var lines = new[] { ModelFolder.ConfigName, ModelFolder.WeightsName }.Select(name =>
        {
            using var file = File.OpenRead(Path.Combine(folder, name));
            return Convert.ToHexStringLower(SHA256.HashData(file)) + "\n";
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(lines))));
    }
}
