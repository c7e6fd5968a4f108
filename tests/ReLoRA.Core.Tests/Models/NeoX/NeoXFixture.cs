using ReLoRA.Core.Checkpoints;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Models.NeoX;

/// <summary>What tools/neox-reference computed in 64 bits, and the models it did so with.</summary>
internal static class NeoXFixture
{
    public const string Parallel = "parallel";
    public const string Sequential = "sequential";
    public const string Whole = "whole";

    /// <summary>
    /// 32-bit logits and losses against 64-bit ones, relative to the largest: sums of tens of products through two blocks round
    /// some tens of times by 6e-8. 7.5e-7 was measured; the margin is for other orders of summation.
    /// </summary>
    public const double Float32 = 5e-6;

    /// <summary>32-bit gradients against 64-bit ones, relative to a weight's largest: backward adds as many roundings again. 1.8e-6 was measured.</summary>
    public const double Float32Gradients = 2e-5;

    public static string Folder(string name) =>
        Repository.PathOf("tests", "ReLoRA.Core.Tests", "Fixtures", "neox", name);

    public static LoadedModel Load(string name, Precision precision) => ModelFolder.Load(Folder(name), precision, CPU);

    /// <summary>The recorded weights under a method; adapters are as they start.</summary>
    public static Decoder Decoder(string name, RunConfig config)
    {
        using var loaded = Load(name, config.Precision);
        var model = ModelFactory.Create(config with { Model = loaded.Config.Model }, CPU);
        foreach (var parameter in loaded.Decoder.Parameters)
            Golden.Copy(parameter.Value, model.Parameters[parameter.Name].Value);
        return model;
    }

    public static IReadOnlyDictionary<string, Tensor> Outputs(string name) =>
        SafetensorsFile.Read(Path.Combine(Folder(name), "outputs.safetensors"));

    /// <summary>The largest difference relative to the largest value.</summary>
    public static double Relative(Tensor expected, Tensor actual) =>
        Golden.LargestDifference(expected, actual) / expected.abs().max().item<double>();
}
