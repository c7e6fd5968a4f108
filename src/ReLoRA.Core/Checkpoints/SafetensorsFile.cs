using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using static TorchSharp.torch;

namespace ReLoRA.Core.Checkpoints;

/// <summary>
/// Files of named tensors in the safetensors layout: an 8-byte little-endian header length, a JSON header padded to a multiple
/// of 8, then the raw little-endian data.
/// </summary>
public static class SafetensorsFile
{
    private const int LargestHeader = 100_000_000;

    private static readonly (string Name, ScalarType Type)[] Types =
    [
        ("F64", ScalarType.Float64),
        ("F32", ScalarType.Float32),
        ("F16", ScalarType.Float16),
        ("BF16", ScalarType.BFloat16),
        ("I64", ScalarType.Int64),
        ("I32", ScalarType.Int32),
    ];

    /// <summary>Writes tensors in the given order and flushes them to disk.</summary>
    /// <param name="path">The file, replaced if it exists.</param>
    /// <param name="tensors">Names and tensors of type float64, float32, float16, bfloat16, int64 or int32.</param>
    public static void Write(string path, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        WriteHeader(file, tensors);
        foreach (var (_, value) in tensors)
        {
            using var scope = NewDisposeScope();
            file.Write(value.detach().cpu().contiguous().bytes);
        }
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads every tensor of a file. The caller's scope owns them.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">The file is missing or malformed.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var (header, start) = ReadHeader(file, path);
            return header.ToDictionary(entry => entry.Name, entry => ReadTensor(file, path, start, entry));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CheckpointException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static void WriteHeader(FileStream file, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            var offset = 0L;
            foreach (var (name, value) in tensors)
            {
                var length = value.numel() * value.element_size();
                json.WriteStartObject(name);
                json.WriteString("dtype", Types.First(type => type.Type == value.dtype).Name);
                WriteNumbers(json, "shape", value.shape);
                WriteNumbers(json, "data_offsets", [offset, offset + length]);
                json.WriteEndObject();
                offset += length;
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

    private sealed record Entry(string Name, string Type, long[] Shape, long From, long To);

    private static (IReadOnlyList<Entry> Entries, long Start) ReadHeader(FileStream file, string path)
    {
        Span<byte> size = stackalloc byte[8];
        file.ReadExactly(size);
        var length = BinaryPrimitives.ReadInt64LittleEndian(size);
        if (length is < 2 or > LargestHeader || length > file.Length - 8)
            throw Malformed(path, $"its header claims {length.ToString(CultureInfo.InvariantCulture)} bytes");
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        using var json = JsonDocument.Parse(bytes);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw Malformed(path, "its header is no JSON object");
        return (
            [
                .. json
                    .RootElement.EnumerateObject()
                    .Where(member => member.Name != "__metadata__")
                    .Select(member => ReadEntry(member, path)),
            ],
            8 + length
        );
    }

    private static Entry ReadEntry(JsonProperty member, string path)
    {
        try
        {
            var offsets = Numbers(member.Value.GetProperty("data_offsets"));
            var type = member.Value.GetProperty("dtype").GetString() ?? "";
            return new Entry(member.Name, type, Numbers(member.Value.GetProperty("shape")), offsets[0], offsets[1]);
        }
        catch (Exception e)
            when (e is KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new CheckpointException($"{path} is malformed: the entry of {member.Name} is incomplete.", e);
        }
    }

    private static long[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetInt64())];

    private static Tensor ReadTensor(FileStream file, string path, long start, Entry entry)
    {
        var type = Array.Find(Types, type => type.Name == entry.Type);
        if (type.Name is null)
            throw Malformed(path, $"{entry.Name} has the type {entry.Type}, which is not one of this reader");
        var tensor = empty(entry.Shape, dtype: type.Type);
        var expected = tensor.numel() * tensor.element_size();
        if (entry.To - entry.From != expected || entry.From < 0 || start + entry.To > file.Length)
            throw Malformed(
                path,
                $"{entry.Name} lies at {entry.From} to {entry.To}, and needs {expected} bytes of the file"
            );
        file.Position = start + entry.From;
        file.ReadExactly(tensor.bytes);
        return tensor;
    }

    private static CheckpointException Malformed(string path, string what) =>
        new($"{path} is malformed: {what}. Use another checkpoint.");
}
