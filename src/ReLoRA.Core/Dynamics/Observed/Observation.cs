using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Observed;

/// <summary>What rows of data show of a model at one moment, each kind computed once, when it is first asked for.</summary>
/// <param name="model">The model.</param>
/// <param name="rows">The rows.</param>
/// <param name="linears">The linears that can be asked for.</param>
/// <param name="cancellation">Ends a pass.</param>
internal sealed class Observation(
    Decoder model,
    ProbeRows rows,
    IReadOnlySet<string> linears,
    CancellationToken cancellation
) : IDisposable
{
    private readonly Dictionary<(int Rows, bool IsLastOnly), Dictionary<string, Tensor>> activations = [];
    private readonly Dictionary<int, Dictionary<string, Tensor>> attention = [];

    private readonly Dictionary<
        int,
        Dictionary<string, (Tensor Gradient, IReadOnlyList<double> RowSquares)>
    > gradients = [];

    private ObservedModel? copy;

    private ObservedModel Copy => copy ??= new ObservedModel(model);

    /// <summary>A linear's outputs, samples by features.</summary>
    public Tensor Activation(string name, int count, bool isLastOnly)
    {
        if (!activations.TryGetValue((count, isLastOnly), out var found))
            activations.Add(
                (count, isLastOnly),
                found = Copy.Activations(rows.Read(count, model.Device, cancellation), linears, isLastOnly)
            );
        return found[name];
    }

    /// <summary>A layer's attention, (rows, heads, queries, keys).</summary>
    public Tensor Attention(string name, int count)
    {
        if (!attention.TryGetValue(count, out var found))
            attention.Add(
                count,
                found = Copy.Attention(
                    rows.Read(count, model.Device, cancellation),
                    model.Blocks.Select(block => block.AttentionName).ToHashSet()
                )
            );
        return found[name];
    }

    /// <summary>The gradient of a linear's effective weight, and the squared length of each row's own.</summary>
    public (Tensor Gradient, IReadOnlyList<double> RowSquares) Gradient(string name, int count)
    {
        if (!gradients.TryGetValue(count, out var found))
            gradients.Add(count, found = Copy.Gradients(rows.Read(count, model.Device, cancellation), linears));
        return found[name];
    }

    public void Dispose()
    {
        copy?.Dispose();
        var tensors = activations
            .Values.Concat(attention.Values)
            .SelectMany(found => found.Values)
            .Concat(gradients.Values.SelectMany(found => found.Values.Select(one => one.Gradient)));
        foreach (var tensor in tensors)
            tensor.Dispose();
    }
}
