using Apache.Arrow.Types;

namespace ReLoRA.Data.Shards;

/// <summary>How ids lie in a shard.</summary>
internal static class TokenType
{
    public const string Small = "uint16";
    public const string Wide = "int32";

    /// <summary>The name of the column.</summary>
    public const string Column = "input_ids";

    /// <summary>The narrower type where every id fits.</summary>
    public static string For(int vocabularySize) => vocabularySize <= ushort.MaxValue + 1 ? Small : Wide;

    public static int BytesOf(string type) => type == Small ? sizeof(ushort) : sizeof(int);

    public static IArrowType ArrowTypeOf(string type) => type == Small ? UInt16Type.Default : Int32Type.Default;
}
