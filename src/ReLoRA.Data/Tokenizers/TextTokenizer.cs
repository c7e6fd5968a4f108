namespace ReLoRA.Data.Tokenizers;

/// <summary>Opens tokenizer files of either kind.</summary>
public static class TextTokenizer
{
    private const string Json = "tokenizer.json";
    private const string SentencePiece = "tokenizer.model";

    /// <summary>Opens a file: a <c>.model</c> as SentencePiece, any other as <c>tokenizer.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">It is missing, damaged or of another kind.</exception>
    public static ITextTokenizer Open(string path) =>
        Path.GetExtension(path).Equals(".model", StringComparison.OrdinalIgnoreCase)
            ? SentencePieceFile.Load(path)
            : new TokenizerJsonFile(ByteLevelTokenizer.Load(path), path);

    /// <summary>Opens the tokenizer that lies in a model's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DataException">There is none (<see cref="DataFault.Missing"/>), or it is damaged.</exception>
    public static ITextTokenizer Find(string folder)
    {
        foreach (var name in new[] { Json, SentencePiece })
        {
            if (File.Exists(Path.Combine(folder, name)))
                return Open(Path.Combine(folder, name));
        }
        throw new DataException(
            DataFault.Missing,
            $"{folder}: neither {Json} nor {SentencePiece} is there. Name the tokenizer's file with --tokenizer."
        );
    }
}
