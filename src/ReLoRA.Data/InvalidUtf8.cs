using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace ReLoRA.Data;

/// <summary>Text whose bytes are no UTF-8.</summary>
public static class InvalidUtf8
{
    /// <summary>The text of bytes.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="place">Where they come from, for the message.</param>
    /// <exception cref="DataException">They are no UTF-8 (<see cref="DataFault.Damaged"/>).</exception>
    public static string Refuse(ReadOnlySpan<byte> utf8, string place)
    {
        if (Utf8.IsValid(utf8))
            return Encoding.UTF8.GetString(utf8);
        var line = utf8[..FirstIn(utf8)].Count((byte)'\n') + 1;
        throw new DataException(
            DataFault.Damaged,
            $"{place}({line}): no UTF-8: {In(utf8, 0)}. Convert the text to UTF-8."
        );
    }

    /// <summary>The first byte that is none, in words.</summary>
    internal static string In(ReadOnlySpan<byte> utf8, long offset)
    {
        var at = FirstIn(utf8);
        return string.Create(CultureInfo.InvariantCulture, $"found the byte 0x{utf8[at]:X2} at byte {offset + at}");
    }

    private static int FirstIn(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out var width) == OperationStatus.Done)
            at += width;
        return at;
    }
}
