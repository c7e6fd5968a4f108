using System.Buffers.Binary;
using System.Text.Json;
using ReLoRA.Core.Safetensors;
using static TorchSharp.torch;

namespace ReLoRA.Core.Checkpoints;

/// <summary>Writes files in the safetensors layout, and reads those of checkpoints: <see cref="SafetensorsReader"/>.</summary>
public static class SafetensorsFile
{
    private const int ElementsAtOnce = 1 << 22;

    /// <summary>Writes tensors in the given order and flushes them to disk.</summary>
    /// <param name="path">The file, replaced if it exists.</param>
    /// <param name="tensors">Names and tensors of a type that the format has.</param>
    /// <param name="type">The type to store them in. Default: each its own.</param>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Value)> tensors, ScalarType? type = null)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        Write(file, [.. tensors.Select(tensor => Entry(tensor.Name, tensor.Value, type))]);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads every tensor of a file. The caller's scope owns them.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file is missing or malformed.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        try
        {
            using var reader = SafetensorsReader.Open(path);
            return reader.Tensors.ToDictionary(stored => stored.Name, reader.Read);
        }
        catch (SafetensorsException e)
        {
            throw new CheckpointException($"{e.Message} Use another checkpoint.", e);
        }
    }

    /// <summary>A tensor as it is when it is written, which must be on the thread that made it.</summary>
    internal static TensorEntry Entry(string name, Tensor value, ScalarType? type = null)
    {
        var stored = type ?? value.dtype;
        var typeName = StoredTypes.NameOf(stored);
        return new TensorEntry(
            name,
            typeName,
            value.shape,
            value.numel() * StoredTypes.SizeOf(typeName),
            stream => WriteData(stream, value, stored)
        );
    }

    internal static void Write(Stream file, IReadOnlyList<TensorEntry> tensors)
    {
        WriteHeader(file, tensors);
        foreach (var tensor in tensors)
            tensor.WriteTo(file);
    }

    private static void WriteData(Stream file, Tensor value, ScalarType type)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var flat = value.detach().contiguous().view(-1);
        for (long from = 0; from < flat.numel(); from += ElementsAtOnce)
        {
            using var piece = NewDisposeScope();
            file.Write(flat.narrow(0, from, Math.Min(ElementsAtOnce, flat.numel() - from)).to(type).cpu().bytes);
        }
    }

    private static void WriteHeader(Stream file, IReadOnlyList<TensorEntry> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            // Python's loaders ask for it.
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            json.WriteEndObject();
            var offset = 0L;
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type);
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", [offset, offset + tensor.Bytes]);
                json.WriteEndObject();
                offset += tensor.Bytes;
            }
            json.WriteEndObject();
        }
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(size, buffer.Length);
        file.Write(size);
        buffer.WriteTo(file);
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
