namespace ReLoRA.Core.Safetensors;

/// <summary>What the format asks of all tensors of a file: known types, countable shapes, and every byte of the data in one of them.</summary>
internal static class HeaderRules
{
    /// <summary>What libtorch's iterators can hold.</summary>
    public const int MostDimensions = 64;

    /// <exception cref="SafetensorsException">A rule is broken.</exception>
    public static void Require(IReadOnlyList<StoredTensor> tensors, long dataLength, string path)
    {
        foreach (var tensor in tensors)
            RequireLength(tensor, path);
        var end = 0L;
        var last = "the header";
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.Length))
        {
            var name = HeaderParser.Short(tensor.Name);
            if (tensor.Start < end)
                throw Fault(SafetensorsFault.Overlap, $"{name} begins at {tensor.Start}, inside of {last}");
            if (tensor.Start > end)
                throw Fault(
                    SafetensorsFault.Hole,
                    $"bytes {end} to {tensor.Start}, before {name}, belong to no tensor"
                );
            if (tensor.Length > dataLength - tensor.Start)
                throw Fault(
                    SafetensorsFault.OutsideFile,
                    $"{name} ends at {tensor.Start + tensor.Length}, and the file has {dataLength} bytes of data"
                );
            (end, last) = (tensor.Start + tensor.Length, name);
        }
        if (end != dataLength)
            throw Fault(SafetensorsFault.Hole, $"bytes {end} to {dataLength}, at its end, belong to no tensor");

        SafetensorsException Fault(SafetensorsFault fault, string what) => HeaderParser.Fault(path, fault, what);
    }

    private static void RequireLength(StoredTensor tensor, string path)
    {
        var name = HeaderParser.Short(tensor.Name);
        var size = StoredTypes.SizeOf(tensor.Type);
        if (size == 0)
            throw HeaderParser.Fault(
                path,
                SafetensorsFault.Type,
                $"{name} has the type {HeaderParser.Short(tensor.Type)}; allowed: {StoredTypes.Readable}"
            );
        if (!TryCount(tensor.Shape, size, out var bytes))
            throw HeaderParser.Fault(
                path,
                SafetensorsFault.Shape,
                $"{name} has a shape with a negative size or too many elements to count"
            );
        if (bytes != tensor.Length)
            throw HeaderParser.Fault(
                path,
                SafetensorsFault.Length,
                $"{name} lies at {tensor.Start} to {tensor.Start + tensor.Length}, and needs {bytes} bytes of the file"
            );
    }

    /// <summary>Bytes of a shape. The sizes beside a zero must be countable too: libtorch computes strides from them.</summary>
    private static bool TryCount(IReadOnlyList<long> shape, int size, out long bytes)
    {
        var (product, isEmpty) = ((Int128)size, false);
        foreach (var length in shape)
        {
            isEmpty |= length == 0;
            product *= Math.Max(1, length);
            if (length < 0 || product > long.MaxValue)
            {
                bytes = 0;
                return false;
            }
        }
        bytes = isEmpty ? 0 : (long)product;
        return true;
    }
}
