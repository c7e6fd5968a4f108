using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Building;

/// <summary>
/// Builds a dataset from text: documents, each followed by end of text, joined and cut into rows of the sequence length plus one. The
/// next row starts at the next token; the last short row is dropped. Equal input gives equal bytes, whatever the number of threads and
/// however often the build was stopped.
/// </summary>
public static class DatasetBuilder
{
    /// <summary>The most threads.</summary>
    public const int MostThreads = 1024;

    /// <summary>The longest sequence, in tokens.</summary>
    public const int LongestSequence = 1 << 20;

    /// <summary>Builds a dataset. Documents without text are skipped.</summary>
    /// <param name="options">What from and how.</param>
    /// <param name="progress">Told at the start, which is not at 0 where a build goes on, and after each block of text.</param>
    /// <param name="cancellation">Stops the build; it then leaves no manifest, and the same call goes on after the last whole shard.</param>
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
        RequireInRange(options.Threads, MostThreads, "number of threads");
        var tokenizer = new BuildTokenizer(options.Tokenizer, options.EndOfText);
        var files = InputFile.Find(options.Inputs);
        var plan = BuildPlan.Of(options, tokenizer, files);
        using var journal = BuildFolder.Prepare(options.Output, plan, options.Force);
        using var writer = new BuildWriter(options, plan, tokenizer.VocabularySize, journal, progress);
        var start = journal.State;
        var reader = new BlockReader(tokenizer.CutsText, options.SkipBad);
        var encoder = new BlockEncoder(tokenizer, options.SkipBad);
        foreach (
            var block in OrderedWork.Run(
                reader.Read(files, start.File, start.Piece),
                encoder.Encode,
                options.Threads,
                cancellation
            )
        )
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Write(block);
        }
        var manifest = writer.Complete(tokenizer);
        BuildFolder.Publish(options.Output, manifest);
        journal.Delete();
        return manifest;
    }

    private static void RequireInRange(int value, int largest, string what)
    {
        if (value < 1 || value > largest)
            throw new DataException(DataFault.InvalidValue, $"The {what} is {value}; allowed: 1 to {largest}.");
    }
}
