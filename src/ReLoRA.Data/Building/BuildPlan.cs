namespace ReLoRA.Data.Building;

/// <summary>All that decides the bytes of a dataset. A build goes on only where it is the same as when it was begun.</summary>
internal sealed record BuildPlan
{
    /// <summary>Raised whenever the same input would give other bytes.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required int SequenceLength { get; init; }

    public required int RowsPerShard { get; init; }

    public required int EndOfText { get; init; }

    public required string Tokenizer { get; init; }

    public required IReadOnlyList<PlannedInput> Inputs { get; init; }

    public static BuildPlan Of(BuildOptions options, BuildTokenizer tokenizer, IEnumerable<InputFile> files) =>
        new()
        {
            Format = CurrentFormat,
            SequenceLength = options.SequenceLength,
            RowsPerShard = options.RowsPerShard,
            EndOfText = tokenizer.EndOfText,
            Tokenizer = tokenizer.Sha256,
            Inputs = [.. files.Select(PlannedInput.Of)],
        };

    /// <summary>What differs from another plan, in words, or <see langword="null"/>.</summary>
    public string? DifferenceFrom(BuildPlan begun)
    {
        if (Format != begun.Format)
            return "it was begun by another version";
        if (SequenceLength != begun.SequenceLength)
            return $"--sequence was {begun.SequenceLength} and is {SequenceLength}";
        if (RowsPerShard != begun.RowsPerShard)
            return $"--rows-per-shard was {begun.RowsPerShard} and is {RowsPerShard}";
        if (Tokenizer != begun.Tokenizer)
            return "it was begun with another tokenizer";
        if (EndOfText != begun.EndOfText)
            return $"end of text was the id {begun.EndOfText} and is {EndOfText}";
        if (Inputs.Count != begun.Inputs.Count)
            return $"there were {begun.Inputs.Count} input files and are {Inputs.Count}";
        var changed = Inputs.Zip(begun.Inputs).FirstOrDefault(pair => pair.First != pair.Second).First;
        return changed is null ? null : $"the input {changed.Name} was changed since";
    }
}
