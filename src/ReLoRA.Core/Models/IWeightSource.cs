using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>Where a new model's weights come from. Asked in the published order of construction.</summary>
public interface IWeightSource
{
    /// <summary>An embedding's weight.</summary>
    /// <param name="name">The published name.</param>
    /// <param name="rows">Entries.</param>
    /// <param name="width">Features of an entry.</param>
    Tensor Embedding(string name, long rows, long width);

    /// <summary>A linear's weight, (out, in).</summary>
    /// <param name="name">The published name.</param>
    /// <param name="outputs">Output features.</param>
    /// <param name="inputs">Input features.</param>
    Tensor Linear(string name, long outputs, long inputs);

    /// <summary>A linear's bias, (out).</summary>
    /// <param name="name">The published name.</param>
    /// <param name="outputs">Output features.</param>
    /// <param name="inputs">Input features, by which the default bound is set.</param>
    Tensor Bias(string name, long outputs, long inputs);

    /// <summary>A norm's weight.</summary>
    /// <param name="name">The published name.</param>
    /// <param name="width">Features.</param>
    Tensor Norm(string name, long width);
}
