using System.Runtime.InteropServices;
using ReLoRA.Data.Shards;

namespace ReLoRA.Data.Building;

/// <summary>Writes encoded blocks, in their order, into shards, and keeps the journal of the build.</summary>
internal sealed class BuildWriter : IDisposable
{
    private readonly BuildOptions _options;
    private readonly BuildPlan _plan;
    private readonly BuildJournal _journal;
    private readonly Action<BuildProgress>? _progress;
    private readonly RowCutter _cutter;
    private BuildCounts _counts;
    private int _taken;

    public BuildWriter(
        BuildOptions options,
        BuildPlan plan,
        int vocabularySize,
        BuildJournal journal,
        Action<BuildProgress>? progress
    )
    {
        (_options, _plan, _journal, _progress) = (options, plan, journal, progress);
        _cutter = new RowCutter(
            options.Output,
            options.SequenceLength + 1,
            options.RowsPerShard,
            vocabularySize,
            journal.Shards.Count
        );
        (_counts, _taken) = (journal.State.Counts, journal.State.Tokens);
        RequireNoBadLines();
        Tell(journal.State.File, 0);
    }

    /// <exception cref="DataException">The output cannot be written.</exception>
    public void Write(EncodedBlock block)
    {
        var ids = CollectionsMarshal.AsSpan(block.Ids);
        var start = 0;
        for (var index = 0; index < block.Pieces.Count; index++)
        {
            var piece = block.Pieces[index];
            Write(ids[start..piece.End], block.Text.FileNumber, block.Text.FirstPiece + index);
            _counts += piece.Counts;
            start = piece.End;
        }
        if (block.Text.Source is { } source)
            _journal.Add(source);
        Tell(block.Text.FileNumber, block.Text.StoredBytes);
    }

    /// <summary>Completes the last shard.</summary>
    /// <returns>The manifest of the dataset.</returns>
    /// <exception cref="DataException">The text fills no row (<see cref="DataFault.TooSmall"/>), or the output cannot be written.</exception>
    public DatasetManifest Complete(BuildTokenizer tokenizer)
    {
        var rowLength = _options.SequenceLength + 1;
        if (_counts.Tokens < rowLength)
            throw new DataException(
                DataFault.TooSmall,
                $"{string.Join(", ", _options.Inputs)}: {_counts.Tokens} tokens in all, fewer than the {rowLength} of one row. Give more "
                    + "text or a shorter sequence."
            );
        var last = _cutter.Complete();
        List<ShardEntry> shards = [.. _journal.Shards];
        if (last is not null)
            shards.Add(last);
        var rows = shards.Sum(shard => shard.Rows);
        return new DatasetManifest
        {
            Format = DatasetManifest.CurrentFormat,
            RowLength = rowLength,
            Rows = rows,
            Tokens = rows * rowLength,
            DroppedTokens = _cutter.Pending,
            Documents = _counts.Documents,
            TextBytes = _counts.TextBytes,
            SkippedLines = _counts.BadLines,
            VocabularySize = tokenizer.VocabularySize,
            EndOfText = tokenizer.EndOfText,
            TokenType = TokenType.For(tokenizer.VocabularySize),
            TokenizerSha256 = tokenizer.Sha256,
            Shards = shards,
            Sources = [.. _journal.Sources],
        };
    }

    public void Dispose() => _cutter.Dispose();

    private void Write(ReadOnlySpan<int> tokens, int file, long piece)
    {
        // Of the first piece of a build that goes on, some tokens are in its shards already.
        var taken = _taken;
        _taken = 0;
        while (taken < tokens.Length)
        {
            taken += _cutter.Add(tokens[taken..], out var shard);
            if (shard is not null)
                _journal.Add(shard, new BuildState(file, piece, taken, _counts));
        }
    }

    private void RequireNoBadLines()
    {
        if (_counts.BadLines > 0 && !_options.SkipBad)
            throw new DataException(
                DataFault.Exists,
                $"{_options.Output}: holds a build that is not finished and left out {_counts.BadLines} lines. Repeat it with --skip-bad, or give "
                    + "another output folder."
            );
    }

    private void Tell(int file, long storedBytes)
    {
        if (_progress is null || _plan.Inputs.Count == 0)
            return;
        var at = Math.Min(file, _plan.Inputs.Count - 1);
        _progress(
            new BuildProgress(
                _plan.Inputs[at].Name,
                _counts.Documents,
                _counts.Tokens,
                _counts.BadLines,
                _plan.Inputs.Take(file).Sum(input => input.Bytes) + storedBytes,
                _plan.Inputs.Sum(input => input.Bytes)
            )
        );
    }
}
