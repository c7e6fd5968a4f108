using System.Runtime.InteropServices;
using System.Text;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Data.Building;

/// <summary>
/// Builds a dataset from text: documents, each followed by end of text, joined and cut into rows of the sequence length plus one. The
/// next row starts at the next token; the last short row is dropped. Equal input gives equal bytes.
/// </summary>
public static class DatasetBuilder
{
    /// <summary>The longest sequence, in tokens.</summary>
    public const int LongestSequence = 1 << 20;

    /// <summary>Builds a dataset. Documents without text are skipped.</summary>
    /// <param name="options">What from and how.</param>
    /// <param name="progress">Told after each document.</param>
    /// <param name="cancellation">Stops the build; it then leaves no manifest.</param>
    /// <returns>The manifest written.</returns>
    /// <exception cref="DataException">Something of the input or output is at fault. No manifest is left.</exception>
    public static DatasetManifest Build(
        BuildOptions options,
        Action<BuildProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        RequireInRange(options.SequenceLength, LongestSequence, "sequence length");
        RequireInRange(options.RowsPerShard, int.MaxValue, "number of rows of a shard");
        var tokenizer = ByteLevelTokenizer.Load(options.Tokenizer);
        var endOfText = EndOfText.Find(tokenizer.Definition.AddedTokens, options.Tokenizer, options.EndOfText).Id;
        var files = InputFile.Find(options.Inputs);
        BuildFolder.Prepare(options.Output, options.Force);

        var rowLength = options.SequenceLength + 1;
        using var cutter = new RowCutter(options.Output, rowLength, options.RowsPerShard, tokenizer.VocabularySize);
        var ids = new List<int>();
        long documents = 0,
            tokens = 0,
            textBytes = 0;
        foreach (var file in files)
        {
            foreach (var text in Documents.Read(file).Where(text => text.Length > 0))
            {
                cancellation.ThrowIfCancellationRequested();
                ids.Clear();
                tokenizer.Encode(text, ids);
                ids.Add(endOfText);
                cutter.Add(CollectionsMarshal.AsSpan(ids));
                documents++;
                tokens += ids.Count;
                textBytes += Encoding.UTF8.GetByteCount(text);
                progress?.Invoke(new BuildProgress(file.Name, documents, tokens));
            }
        }
        RequireOneRow(options, tokens, rowLength);
        var shards = cutter.Complete();
        var rows = shards.Sum(shard => shard.Rows);
        var manifest = new DatasetManifest
        {
            Format = DatasetManifest.CurrentFormat,
            RowLength = rowLength,
            Rows = rows,
            Tokens = rows * rowLength,
            DroppedTokens = cutter.Pending,
            Documents = documents,
            TextBytes = textBytes,
            VocabularySize = tokenizer.VocabularySize,
            EndOfText = endOfText,
            TokenType = TokenType.For(tokenizer.VocabularySize),
            TokenizerSha256 = DataFiles.Sha256(options.Tokenizer),
            Shards = shards,
            Sources = [.. files.Select(SourceOf)],
        };
        BuildFolder.Publish(options.Output, manifest);
        return manifest;
    }

    private static SourceEntry SourceOf(InputFile file) =>
        new(
            file.Name,
            DataFiles.Guard(file.Path, "input file", () => new FileInfo(file.Path).Length),
            DataFiles.Sha256(file.Path)
        );

    private static void RequireInRange(int value, int largest, string what)
    {
        if (value < 1 || value > largest)
            throw new DataException(DataFault.InvalidValue, $"The {what} is {value}; allowed: 1 to {largest}.");
    }

    private static void RequireOneRow(BuildOptions options, long tokens, int rowLength)
    {
        if (tokens < rowLength)
            throw new DataException(
                DataFault.TooSmall,
                $"{string.Join(", ", options.Inputs)}: {tokens} tokens in all, fewer than the {rowLength} of one row. Give more text or a "
                    + "shorter sequence."
            );
    }
}
