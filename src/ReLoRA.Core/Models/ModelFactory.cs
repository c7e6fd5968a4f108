using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank;
using ReLoRA.Core.LowRank.ReLoRA;
using ReLoRA.Core.ModelFolders;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>Builds the model a configuration describes.</summary>
public static class ModelFactory
{
    /// <summary>A new model with seeded weights, or with those of a model folder.</summary>
    /// <param name="config">Shape, method, precision and seed.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="start">Where the folder of <see cref="RunConfig.InitFrom"/> lies; empty for seeded weights.</param>
    public static Decoder Create(RunConfig config, Device device, string start = "")
    {
        using var weights = new SeededWeights(config.Seed, config.Precision.ScalarType());
        var model = Create(config, weights, device);
        if (start.Length > 0)
            StartingModel.Copy(start, config, model);
        return model;
    }

    /// <summary>The linears of a configuration's method.</summary>
    /// <param name="config">Method and seed.</param>
    public static ILinearFactory Linears(RunConfig config) =>
        config.LowRank.Method switch
        {
            LowRankMethod.FullRank => new FullRankFactory(),
            LowRankMethod.LowRank => new LowRankFactory(config.LowRank, config.Seed),
            _ => new ReLoRAFactory(config.LowRank, config.Seed),
        };

    /// <summary>A copy of a model in another precision, against which rounding noise is measured. The caller disposes it.</summary>
    /// <param name="model">The model to copy.</param>
    /// <param name="config">What it was built from.</param>
    /// <param name="precision">The copy's.</param>
    public static Decoder CopyIn(Decoder model, RunConfig config, Precision precision)
    {
        var copy = Create(config, new BlankWeights(precision.ScalarType()), model.Device);
        using var frozen = no_grad();
        foreach (var parameter in model.Parameters)
            copy.Parameters[parameter.Name].Value.copy_(parameter.Value);
        return copy;
    }

    /// <summary>A model of the configuration's architecture and method, with given weights.</summary>
    internal static Decoder Create(RunConfig config, IWeightSource weights, Device device) =>
        Architectures.Of(config.Model).Create(config.Model, weights, Linears(config), device);
}
