using Apache.Arrow.Types;

namespace ReLoRA.Data.Shards;

/// <summary>How ids lie in a file: Arrow's names of the integer types.</summary>
internal static class TokenType
{
    public const string Small = "uint16";
    public const string Wide = "int32";
    public const string SmallSigned = "int16";
    public const string WideUnsigned = "uint32";
    public const string Long = "int64";

    /// <summary>The name of the column.</summary>
    public const string Column = "input_ids";

    /// <summary>The types of our own shards.</summary>
    public static IReadOnlyList<string> OfShards { get; } = [Small, Wide];

    /// <summary>The types that are read from files of others.</summary>
    public static IReadOnlyList<string> OfSources { get; } = [Small, SmallSigned, Wide, WideUnsigned, Long];

    /// <summary>The narrower type where every id fits.</summary>
    public static string For(int vocabularySize) => vocabularySize <= ushort.MaxValue + 1 ? Small : Wide;

    /// <summary>The type of an integer, or null where no ids are stored in such.</summary>
    public static string? Of(int bits, bool isSigned) =>
        (bits, isSigned) switch
        {
            (16, false) => Small,
            (16, true) => SmallSigned,
            (32, false) => WideUnsigned,
            (32, true) => Wide,
            (64, true) => Long,
            _ => null,
        };

    public static int BytesOf(string type) =>
        type switch
        {
            Small or SmallSigned => sizeof(ushort),
            Wide or WideUnsigned => sizeof(int),
            _ => sizeof(long),
        };

    /// <summary>The Arrow type of one of our shards.</summary>
    public static IArrowType ArrowTypeOf(string type) => type == Small ? UInt16Type.Default : Int32Type.Default;
}
