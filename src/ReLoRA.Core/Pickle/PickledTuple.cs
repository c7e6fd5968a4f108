namespace ReLoRA.Core.Pickle;

/// <summary>A tuple.</summary>
/// <param name="items">What it holds.</param>
internal sealed class PickledTuple(object?[] items)
{
    public object?[] Items { get; } = items;

    /// <summary>Tuples within, itself included. Counted as they are made, so that nothing ever descends into them.</summary>
    public int Depth { get; } = 1 + items.OfType<PickledTuple>().Select(item => item.Depth).DefaultIfEmpty().Max();
}
