using System.Collections;
using static TorchSharp.torch;

namespace ReLoRA.Core.Models;

/// <summary>A model's weights in the published order. Owns the tensors.</summary>
public sealed class ParameterSet : IReadOnlyList<Parameter>, IDisposable
{
    private readonly List<Parameter> parameters = [];
    private readonly Dictionary<string, Parameter> byName = [];

    /// <inheritdoc/>
    public int Count => parameters.Count;

    /// <inheritdoc/>
    public Parameter this[int index] => parameters[index];

    /// <summary>The weight of a name.</summary>
    /// <param name="name">The published name.</param>
    /// <exception cref="KeyNotFoundException">The model has no such weight.</exception>
    public Parameter this[string name] => byName[name];

    /// <summary>The weights that train, in order.</summary>
    public IEnumerable<Parameter> Trainable => parameters.Where(parameter => parameter.IsTrainable);

    /// <summary>Numbers in all weights.</summary>
    public long ElementCount => parameters.Sum(parameter => parameter.Value.numel());

    /// <summary>Numbers in the weights that train.</summary>
    public long TrainableElementCount => Trainable.Sum(parameter => parameter.Value.numel());

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => parameters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in parameters)
            parameter.Value.Dispose();
    }

    /// <summary>Lets a weight train or freezes it.</summary>
    internal void SetTrainable(string name, bool isTrainable)
    {
        var old = byName[name];
        old.Value.requires_grad_(isTrainable);
        byName[name] = old with { IsTrainable = isTrainable };
        parameters[parameters.IndexOf(old)] = byName[name];
    }

    /// <summary>Takes ownership of a weight.</summary>
    /// <returns>The tensor, detached from any scope and asking for gradients if it trains.</returns>
    internal Tensor Add(string name, Tensor value, bool isTrainable)
    {
        value.DetachFromDisposeScope();
        value.requires_grad_(isTrainable);
        var parameter = new Parameter(name, value, isTrainable);
        byName.Add(name, parameter);
        parameters.Add(parameter);
        return value;
    }
}
