using System.Text;

namespace ReLoRA.Data.Building;

/// <summary>Turns blocks of text into ids. Safe for use by several threads.</summary>
internal sealed class BlockEncoder(BuildTokenizer tokenizer, bool skipsBadLines)
{
    // English text has about four bytes a token; a list that starts near its size is not copied while it grows.
    private const int BytesPerToken = 4;

    /// <exception cref="DataException">A line is no document, and bad lines are not skipped.</exception>
    public EncodedBlock Encode(TextBlock block)
    {
        var ids = new List<int>(block.Bytes.Length / BytesPerToken);
        var pieces = new EncodedPiece[block.Pieces.Count];
        for (var index = 0; index < pieces.Length; index++)
            pieces[index] = Encode(block, block.Pieces[index], ids);
        return new EncodedBlock(block, ids, pieces);
    }

    private EncodedPiece Encode(TextBlock block, TextPiece piece, List<int> ids)
    {
        var start = ids.Count;
        var badLines = piece.BadLines;
        var text = "";
        try
        {
            text = PieceText.Of(block, piece);
        }
        catch (DataException) when (skipsBadLines)
        {
            badLines++;
        }
        if (text.Length > 0)
        {
            tokenizer.Encode(text, ids);
            if (piece.EndsDocument)
                ids.Add(tokenizer.EndOfText);
        }
        var documents = text.Length > 0 && piece.EndsDocument ? 1 : 0;
        var counts = new BuildCounts(documents, ids.Count - start, Encoding.UTF8.GetByteCount(text), badLines);
        return new EncodedPiece(ids.Count, counts);
    }
}
