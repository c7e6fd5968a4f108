using ReLoRA.Core.Configuration;
using ReLoRA.Core.ModelFolders;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>Everything that the rest of the lab asks about an architecture. How to add one: docs/architectures.md.</summary>
internal abstract class DecoderArchitecture
{
    /// <summary>The word that stands for the feed-forward layer of any architecture among <see cref="LowRankConfig.Targets"/>.</summary>
    public const string AnyFeedForward = "swiglu";

    /// <summary>Its name in scripts.</summary>
    public abstract Architecture Name { get; }

    /// <summary>The part of linears' names that says they are of the feed-forward layer, for example <c>mlp</c>.</summary>
    public abstract string FeedForward { get; }

    /// <summary>Properties of <see cref="ModelConfig"/> that change nothing of its models.</summary>
    public abstract IReadOnlyList<string> UnusedKnobs { get; }

    /// <summary>How its models lie in folders.</summary>
    public abstract FolderFormat Folder { get; }

    /// <summary>Builds a model.</summary>
    /// <param name="model">Its shape.</param>
    /// <param name="weights">Its initial weights; their type is the model's type.</param>
    /// <param name="linears">Makes the blocks' linears: the low-rank method.</param>
    /// <param name="device">Where it computes.</param>
    public abstract Decoder Create(ModelConfig model, IWeightSource weights, ILinearFactory linears, Device device);

    /// <summary>Its weights without adapters, in the order in which the model registers them.</summary>
    public abstract IEnumerable<WeightShape> Weights(ModelConfig model);

    /// <summary>The faults between the knobs of its shape, all of them; each knob alone is in its range.</summary>
    public abstract IEnumerable<ConfigFault> Check(ModelConfig model);

    /// <summary>What the forward pass of a block keeps for the way back, as <see cref="Training.MemoryEstimate"/> counts it.</summary>
    /// <param name="model">Its shape.</param>
    /// <param name="number">Bytes of a number of the weights' type.</param>
    /// <param name="rounded">Bytes of a number that comes from a matrix product or from attention: fewer in mixed precision.</param>
    public abstract BlockActivations Activations(ModelConfig model, int number, int rounded);

    /// <summary>The names of a model's linears, in order.</summary>
    public IEnumerable<string> Linears(ModelConfig model) =>
        Weights(model).Where(weight => weight.IsLinear).Select(weight => weight.Owner);

    /// <summary>The names of a model's attention layers, in order.</summary>
    public IEnumerable<string> AttentionLayers(ModelConfig model) =>
        Linears(model)
            .Select(name => name[..name.LastIndexOf('.')])
            .Where(name => name.EndsWith(".attention", StringComparison.Ordinal))
            .Distinct();

    /// <summary>A method's targets in the words of this architecture.</summary>
    public EquatableList<string> Targets(LowRankConfig lowRank) =>
        [.. lowRank.Targets.Select(target => IsAnyFeedForward(target) ? FeedForward : target)];

    private static bool IsAnyFeedForward(string target) =>
        target.Equals(AnyFeedForward, StringComparison.OrdinalIgnoreCase);
}
