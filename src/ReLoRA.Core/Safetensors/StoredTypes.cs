using static TorchSharp.torch;

namespace ReLoRA.Core.Safetensors;

/// <summary>The element types of the format. Some are only measured, so that a file which holds them beside others can be read.</summary>
internal static class StoredTypes
{
    private static readonly (string Name, int Size, ScalarType? Type)[] All =
    [
        ("F64", 8, ScalarType.Float64),
        ("F32", 4, ScalarType.Float32),
        ("F16", 2, ScalarType.Float16),
        ("BF16", 2, ScalarType.BFloat16),
        ("I64", 8, ScalarType.Int64),
        ("I32", 4, ScalarType.Int32),
        ("I16", 2, ScalarType.Int16),
        ("I8", 1, ScalarType.Int8),
        ("U8", 1, ScalarType.Byte),
        ("U64", 8, null),
        ("U32", 4, null),
        ("U16", 2, null),
        ("BOOL", 1, null),
        ("F8_E4M3", 1, null),
        ("F8_E5M2", 1, null),
        ("F8_E8M0", 1, null),
        ("C64", 8, null),
    ];

    /// <summary>The names of the types that can be read into tensors.</summary>
    public static string Readable { get; } =
        string.Join(", ", All.Where(type => type.Type is not null).Select(type => type.Name));

    /// <summary>Bytes of an element; 0 for an unknown type.</summary>
    public static int SizeOf(string name) => Array.Find(All, type => type.Name == name).Size;

    /// <summary>The tensor type, where there is one.</summary>
    public static ScalarType? TensorTypeOf(string name) => Array.Find(All, type => type.Name == name).Type;

    /// <summary>The name under which a tensor's type is written.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static string NameOf(ScalarType type) =>
        Array.Find(All, known => known.Type == type).Name
        ?? throw new ArgumentException($"{type} cannot be written; allowed: {Readable}.", nameof(type));
}
