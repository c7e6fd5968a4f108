using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ReLoRA.Data.Building;

/// <summary>The text that a piece stands for.</summary>
internal static class PieceText
{
    /// <exception cref="DataException">It is a line that is no document.</exception>
    public static string Of(TextBlock block, TextPiece piece)
    {
        var bytes = block[piece];
        if (block.File.IsPlain)
            return Encoding.UTF8.GetString(bytes.Span);
        if (!Utf8.IsValid(bytes.Span))
            throw BadLines.NoUtf8(block.File, piece.Line, piece.Offset, bytes.Span);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw BadLines.NoDocument(block.File, piece.Line, $"found {JsonText.KindOf(root)}", null);
            if (!root.TryGetProperty("text", out var text))
                throw BadLines.NoDocument(block.File, piece.Line, "found no string called \"text\"", null);
            if (text.ValueKind != JsonValueKind.String)
                throw BadLines.NoDocument(
                    block.File,
                    piece.Line,
                    $"found no string called \"text\" but {JsonText.KindOf(text)}",
                    null
                );
            return JsonText.Of(text);
        }
        catch (JsonException fault)
        {
            throw BadLines.NoDocument(block.File, piece.Line, $"no JSON: {fault.Message}", fault);
        }
    }
}
