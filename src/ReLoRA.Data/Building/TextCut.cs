using System.Text;

namespace ReLoRA.Data.Building;

/// <summary>
/// Where plain text can be cut so that both parts, encoded alone, give the ids of the whole: before the line feed that ends a line
/// which does not end in a space. A word of a byte-level tokenizer never holds a character and the white space after it, and no
/// character composes across a line feed.
/// </summary>
internal static class TextCut
{
    /// <summary>The place before the last line's end, or 0 where the text cannot be cut there.</summary>
    public static int Before(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length == 0 || utf8[^1] != (byte)'\n')
            return 0;
        var end = utf8.TrimEnd("\r\n"u8).Length;
        return
            Rune.DecodeLastFromUtf8(utf8[..end], out var last, out _) == System.Buffers.OperationStatus.Done
            && !Rune.IsWhiteSpace(last)
            ? end
            : 0;
    }
}
