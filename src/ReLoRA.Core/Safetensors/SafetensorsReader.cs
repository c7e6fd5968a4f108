using System.Buffers.Binary;
using static TorchSharp.torch;

namespace ReLoRA.Core.Safetensors;

/// <summary>
/// A file of named tensors in the safetensors layout: an 8-byte little-endian header length, a JSON header, then the raw
/// little-endian data. The file is mapped, and tensors are copied out of it one at a time; every byte of it is accounted for
/// before the first.
/// </summary>
public sealed class SafetensorsReader : IDisposable
{
    private const int LengthBytes = 8;
    private const int LargestHeader = 100_000_000;
    private const int ElementsAtOnce = 1 << 22;

    private readonly MappedBytes bytes;
    private readonly string path;
    private readonly long dataStart;
    private readonly Dictionary<string, StoredTensor> byName;

    private SafetensorsReader(MappedBytes bytes, string path)
    {
        (this.bytes, this.path) = (bytes, path);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Piece(0, LengthBytes));
        if (length is < 2 or > LargestHeader)
            throw HeaderParser.Fault(
                path,
                SafetensorsFault.HeaderLength,
                $"its header claims {length} bytes; allowed: 2 to {LargestHeader}. Give a safetensors file"
            );
        if ((long)length > bytes.Length - LengthBytes)
            throw HeaderParser.Fault(
                path,
                SafetensorsFault.Truncated,
                $"its header claims {length} bytes, and the file has {bytes.Length}"
            );
        dataStart = LengthBytes + (long)length;
        Tensors = HeaderParser.Parse(bytes.Piece(LengthBytes, (int)length), path);
        HeaderRules.Require(Tensors, bytes.Length - dataStart, path);
        byName = Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>What the file holds, in the header's order.</summary>
    public IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>Opens a file and checks it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SafetensorsException">It is missing or malformed.</exception>
    public static SafetensorsReader Open(string path)
    {
        var bytes =
            Map(path)
            ?? throw HeaderParser.Fault(path, SafetensorsFault.Truncated, "it is shorter than a header's length");
        try
        {
            return new SafetensorsReader(bytes, path);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>What the file holds under a name, if anything.</summary>
    /// <param name="name">The name.</param>
    public StoredTensor? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Reads a tensor. The caller's scope owns it.</summary>
    /// <param name="stored">One of <see cref="Tensors"/>.</param>
    /// <exception cref="SafetensorsException">Its type is one that only can be measured.</exception>
    public Tensor Read(StoredTensor stored)
    {
        var target = empty([.. stored.Shape], dtype: TypeOf(stored));
        CopyTo(stored, target);
        return target;
    }

    /// <summary>Copies a tensor into another of as many elements, converting its type and crossing to its device.</summary>
    /// <param name="stored">One of <see cref="Tensors"/>.</param>
    /// <param name="target">A contiguous tensor.</param>
    /// <exception cref="SafetensorsException">Its type is one that only can be measured.</exception>
    public void CopyTo(StoredTensor stored, Tensor target)
    {
        var type = TypeOf(stored);
        var size = StoredTypes.SizeOf(stored.Type);
        if (target.numel() != stored.Length / size)
            throw new ArgumentException($"{stored} does not fit into {target.numel()} elements.", nameof(target));
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var flat = target.detach().view(-1);
        var inPlace = target.dtype == type && target.device_type == TorchSharp.DeviceType.CPU;
        // In pieces: spans end at 2 GiB, and a conversion needs no second copy of the whole tensor.
        for (long from = 0; from < flat.numel(); from += ElementsAtOnce)
        {
            using var piece = NewDisposeScope();
            var count = (int)Math.Min(ElementsAtOnce, flat.numel() - from);
            var source = bytes.Piece(dataStart + stored.Start + from * size, count * size);
            var part = flat.narrow(0, from, count);
            var landing = inPlace ? part : empty(count, dtype: type);
            source.CopyTo(landing.bytes);
            if (!inPlace)
                part.copy_(landing);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => bytes.Dispose();

    private ScalarType TypeOf(StoredTensor stored) =>
        StoredTypes.TensorTypeOf(stored.Type)
        ?? throw new SafetensorsException(
            SafetensorsFault.Type,
            $"{path}: {HeaderParser.Short(stored.Name)} has the type {stored.Type}; allowed: {StoredTypes.Readable}."
        );

    private static MappedBytes? Map(string path)
    {
        try
        {
            return MappedBytes.Open(path, LengthBytes);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SafetensorsException(SafetensorsFault.Missing, $"{path} is not there. Check the path.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SafetensorsException(SafetensorsFault.Unreadable, $"{path} cannot be read: {e.Message}", e);
        }
    }
}
