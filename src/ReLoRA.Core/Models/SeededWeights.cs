using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>
/// PyTorch's default initial weights: embeddings N(0, 1), linears and their biases U(±1/sqrt(in)), norms 1. One generator seeded with the
/// run's seed is drawn from in the order of construction, which gives the published weights for the published seed.
/// </summary>
public sealed class SeededWeights : IWeightSource, IDisposable
{
    private readonly Generator generator;
    private readonly ScalarType dtype;

    /// <summary>Seeds the generator.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="dtype">The weights' type. Draws are 32-bit in every case, so that all precisions start alike.</param>
    public SeededWeights(long seed, ScalarType dtype)
    {
        generator = new Generator(unchecked((ulong)seed), CPU);
        this.dtype = dtype;
    }

    /// <inheritdoc/>
    public Tensor Embedding(string name, long rows, long width) =>
        empty(rows, width, dtype: float32).normal_(0, 1, generator).to(dtype);

    /// <inheritdoc/>
    public Tensor Linear(string name, long outputs, long inputs)
    {
        // kaiming_uniform with a = sqrt(5), in PyTorch's own order of operations so that no last digit differs.
        var gain = Math.Sqrt(2.0 / (1 + 5));
        var bound = Math.Sqrt(3.0) * (gain / Math.Sqrt(inputs));
        return empty(outputs, inputs, dtype: float32).uniform_(-bound, bound, generator).to(dtype);
    }

    /// <inheritdoc/>
    public Tensor Bias(string name, long outputs, long inputs)
    {
        var bound = 1 / Math.Sqrt(inputs);
        return empty(outputs, dtype: float32).uniform_(-bound, bound, generator).to(dtype);
    }

    /// <inheritdoc/>
    public Tensor Norm(string name, long width) => ones(width, dtype: dtype);

    /// <inheritdoc/>
    public void Dispose() => generator.Dispose();
}
