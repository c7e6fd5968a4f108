using static TorchSharp.torch;

namespace ReLoRA.Core.Pickle;

/// <summary>An element type of PyTorch's storages.</summary>
/// <param name="Name">The storage's class, for example <c>BFloat16Storage</c>.</param>
/// <param name="Size">Bytes of an element.</param>
/// <param name="Type">The tensor type.</param>
internal sealed record StorageType(string Name, int Size, ScalarType Type)
{
    private static readonly StorageType[] All =
    [
        new("DoubleStorage", 8, ScalarType.Float64),
        new("FloatStorage", 4, ScalarType.Float32),
        new("HalfStorage", 2, ScalarType.Float16),
        new("BFloat16Storage", 2, ScalarType.BFloat16),
        new("LongStorage", 8, ScalarType.Int64),
        new("IntStorage", 4, ScalarType.Int32),
        new("ShortStorage", 2, ScalarType.Int16),
        new("CharStorage", 1, ScalarType.Int8),
        new("ByteStorage", 1, ScalarType.Byte),
        new("BoolStorage", 1, ScalarType.Bool),
    ];

    /// <summary>The names that are known.</summary>
    public static string Readable { get; } = string.Join(", ", All.Select(type => type.Name));

    public static StorageType? Find(string name) => Array.Find(All, type => type.Name == name);
}
