namespace ReLoRA.Results.Log;

/// <summary>The first bytes of MessagePack's values, as its specification has them.</summary>
internal static class MessagePackCodes
{
    public const byte LargestFixInteger = 0x7f;
    public const byte ShortMap = 0x80;
    public const byte ShortArray = 0x90;
    public const byte ShortText = 0xa0;
    public const byte LastShortText = 0xbf;
    public const byte Nil = 0xc0;
    public const byte NeverUsed = 0xc1;
    public const byte False = 0xc2;
    public const byte True = 0xc3;
    public const byte Binary8 = 0xc4;
    public const byte Binary16 = 0xc5;
    public const byte Binary32 = 0xc6;
    public const byte Extension8 = 0xc7;
    public const byte Extension16 = 0xc8;
    public const byte Extension32 = 0xc9;
    public const byte Float32 = 0xca;
    public const byte Float64 = 0xcb;
    public const byte UInt8 = 0xcc;
    public const byte UInt16 = 0xcd;
    public const byte UInt32 = 0xce;
    public const byte UInt64 = 0xcf;
    public const byte Int8 = 0xd0;
    public const byte Int16 = 0xd1;
    public const byte Int32 = 0xd2;
    public const byte Int64 = 0xd3;
    public const byte Extension1 = 0xd4;
    public const byte Extension2 = 0xd5;
    public const byte Extension4 = 0xd6;
    public const byte Extension8Bytes = 0xd7;
    public const byte Extension16Bytes = 0xd8;
    public const byte Text8 = 0xd9;
    public const byte Text16 = 0xda;
    public const byte Text32 = 0xdb;
    public const byte Array16 = 0xdc;
    public const byte Array32 = 0xdd;
    public const byte Map16 = 0xde;
    public const byte Map32 = 0xdf;
    public const byte FirstNegative = 0xe0;

    public static bool IsMap(byte code) => code is (>= ShortMap and < ShortArray) or Map16 or Map32;

    public static bool IsArray(byte code) => code is (>= ShortArray and < ShortText) or Array16 or Array32;

    public static bool IsText(byte code) => code is (>= ShortText and <= LastShortText) or Text8 or Text16 or Text32;

    /// <summary>What a value is, for messages.</summary>
    public static string NameOf(byte code) =>
        code switch
        {
            _ when IsMap(code) => "Map",
            _ when IsArray(code) => "Array",
            _ when IsText(code) => "String",
            Nil => "Nil",
            False or True => "Boolean",
            Binary8 or Binary16 or Binary32 => "Binary",
            Float32 or Float64 => "Float",
            NeverUsed => "Unknown",
            (>= Extension8 and <= Extension32) or (>= Extension1 and <= Extension16Bytes) => "Extension",
            _ => "Integer",
        };
}
