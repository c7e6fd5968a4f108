namespace ReLoRA.Core.Pickle;

/// <summary>A tensor as the pickle describes it: checked against its storage's length, not yet read.</summary>
/// <param name="Storage">What it lies in.</param>
/// <param name="Offset">Its first element there.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Strides">Steps to the next element in each direction.</param>
/// <param name="Elements">How many it has.</param>
/// <param name="Span">How many elements of the storage lie from its first to its last, both included; 0 if it has none.</param>
internal sealed record PickledTensor(
    PickledStorage Storage,
    long Offset,
    long[] Shape,
    long[] Strides,
    long Elements,
    long Span
);
