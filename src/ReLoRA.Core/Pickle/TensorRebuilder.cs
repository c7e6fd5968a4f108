namespace ReLoRA.Core.Pickle;

/// <summary>What the allowed functions come to, and the storages that pickles refer to.</summary>
internal sealed class TensorRebuilder(Refusal refusal)
{
    /// <summary>A persistent id: the word <c>storage</c>, a type, the entry's name, the device it was on, its elements.</summary>
    public PickledStorage Storage(object? id) =>
        id is PickledTuple { Items: ["storage", StorageType type, string key, string, long count and >= 0] }
            ? new PickledStorage(type, key, count)
            : throw refusal.Of(
                PickleFault.Structure,
                "its pickle refers to something outside of it in another way than to a storage"
            );

    public object Call(KnownFunction function, object?[] arguments) =>
        (function, arguments) switch
        {
            (KnownFunction.OrderedDictionary, []) => new PickledDictionary(refusal),
            // Whether it is trained, and an empty dictionary of hooks, mean nothing here.
            (KnownFunction.RebuildParameter, [PickledTensor tensor, bool, PickledDictionary { Names.Count: 0 }]) =>
                tensor,
            (
                KnownFunction.RebuildTensor,
                [
                    PickledStorage storage,
                    long offset,
                    PickledTuple shape,
                    PickledTuple strides,
                    bool,
                    PickledDictionary { Names.Count: 0 },
                ]
            ) => Tensor(storage, offset, Numbers(shape), Numbers(strides)),
            _ => throw refusal.Of(
                PickleFault.Structure,
                $"its pickle gives {function} ({string.Join(", ", arguments.Take(10).Select(Kinds.Of))}). "
                    + "Nothing of the file was executed"
            ),
        };

    private PickledTensor Tensor(PickledStorage storage, long offset, long[] shape, long[] strides)
    {
        if (shape.Length != strides.Length || offset < 0)
            throw Misshapen($"{shape.Length} sizes, {strides.Length} strides and the offset {offset}");
        // The sizes beside a zero must be countable too: libtorch computes with them.
        var (elements, last) = ((Int128)1, (Int128)offset);
        for (var i = 0; i < shape.Length; i++)
        {
            elements *= Math.Max(1, shape[i]);
            last += (Int128)Math.Max(0, shape[i] - 1) * strides[i];
            if (shape[i] < 0 || strides[i] < 0 || elements > long.MaxValue || last > long.MaxValue)
                throw Misshapen($"the size {shape[i]} with the stride {strides[i]}, among {shape.Length}");
        }
        if (shape.Contains(0))
            (elements, last) = (0, (Int128)offset - 1);
        if (last >= storage.Count)
            throw refusal.Of(
                PickleFault.OutsideStorage,
                $"a tensor reaches to element {last} of storage {Refusal.Shown(storage.Key)}, which has {storage.Count}"
            );
        return new PickledTensor(storage, offset, shape, strides, (long)elements, (long)(last - offset + 1));
    }

    private long[] Numbers(PickledTuple tuple)
    {
        if (tuple.Items.Length > PickleLimits.Dimensions)
            throw Misshapen($"{tuple.Items.Length} sizes; allowed: {PickleLimits.Dimensions}");
        return Array.ConvertAll(
            tuple.Items,
            item => item is long number ? number : throw Misshapen($"{Kinds.Of(item)} for a size")
        );
    }

    private PickleException Misshapen(string what) => refusal.Of(PickleFault.Shape, $"a tensor has {what}");
}
