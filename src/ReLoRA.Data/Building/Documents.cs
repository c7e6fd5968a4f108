namespace ReLoRA.Data.Building;

/// <summary>Reads documents: a line of JSON with a <c>text</c> each (.jsonl), or a whole file (.txt); plain, .gz or .zst.</summary>
public static class Documents
{
    /// <summary>The texts of a file in their order. Blank lines are skipped.</summary>
    /// <exception cref="DataException">The file is missing, no UTF-8, or a line is no JSON object with a string called <c>text</c>.</exception>
    public static IEnumerable<string> Read(InputFile file) =>
        from block in new BlockReader(cutsText: false, skipsBadLines: false).Read([file])
        from piece in block.Pieces
        select PieceText.Of(block, piece);
}
