using System.Text.Json;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Pickle;

/// <summary>A file that PyTorch wrote, and what it held it to be: tools/pickle-fixtures.</summary>
internal static class TorchFixture
{
    public static string PathOf(string name) => Repository.PathOf("tests", "Fixtures", "pickle", name);

    /// <summary>What PyTorch says of each tensor, in its order.</summary>
    public static List<(string Name, ScalarType Type, long[] Shape, long[] Strides, byte[] Bytes)> Expected(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(PathOf(name + ".json")));
        return
        [
            .. json
                .RootElement.EnumerateObject()
                .Select(tensor =>
                    (
                        tensor.Name,
                        TypeOf(tensor.Value.GetProperty("type").GetString()!),
                        Numbers(tensor.Value.GetProperty("shape")),
                        Numbers(tensor.Value.GetProperty("strides")),
                        Convert.FromHexString(tensor.Value.GetProperty("bytes").GetString()!)
                    )
                ),
        ];
    }

    /// <summary>The elements of a tensor in order, as bytes.</summary>
    public static byte[] BytesOf(Tensor tensor)
    {
        using var flat = tensor.contiguous();
        return flat.numel() == 0 ? [] : flat.bytes.ToArray();
    }

    private static ScalarType TypeOf(string name) =>
        name switch
        {
            "float64" => ScalarType.Float64,
            "float32" => ScalarType.Float32,
            "float16" => ScalarType.Float16,
            "bfloat16" => ScalarType.BFloat16,
            "int64" => ScalarType.Int64,
            "int32" => ScalarType.Int32,
            "int16" => ScalarType.Int16,
            "int8" => ScalarType.Int8,
            "uint8" => ScalarType.Byte,
            "bool" => ScalarType.Bool,
            _ => throw new ArgumentException(name, nameof(name)),
        };

    private static long[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetInt64())];
}
