namespace ReLoRA.Data.Sampling;

/// <summary>
/// Several corpora in fixed shares. The sequence is cut into blocks of <see cref="BlockRows"/> rows; in each, every corpus has its share of
/// the places, and which places is a keyed permutation of the block. So any place is found in constant time, shares are met exactly
/// in each block, and a corpus is read in its own order, pass after pass.
/// </summary>
public sealed class MixedSource : ISampleSource
{
    /// <summary>Rows of a block: shares are rounded to this fraction.</summary>
    public const int BlockRows = 1000;

    private readonly Corpus[] corpora;
    private readonly int[] ends;
    private readonly RowOrder places;

    /// <summary>Prepares to read.</summary>
    /// <param name="corpora">The corpora, with rows of one length.</param>
    /// <param name="shares">The share of each; they add up to 1.</param>
    /// <param name="seed">The seed of the places.</param>
    /// <exception cref="DataException">The rows differ in length (<see cref="DataFault.WrongRowLength"/>).</exception>
    public MixedSource(IReadOnlyList<Corpus> corpora, IReadOnlyList<double> shares, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(corpora.Count, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(shares.Count, corpora.Count);
        this.corpora = [.. corpora];
        foreach (var corpus in corpora)
        {
            if (corpus.Data.RowLength != RowLength)
                throw new DataException(
                    DataFault.WrongRowLength,
                    $"{corpus.Data.Folder}: rows of {corpus.Data.RowLength} tokens, where {corpora[0].Data.Folder} has rows of {RowLength}. "
                        + "Corpora that are mixed need rows of one length: build one of them anew (relora data build)."
                );
        }
        var counts = Apportionment.Of(shares, BlockRows);
        ends = new int[counts.Count];
        for (var index = 0; index < ends.Length; index++)
            ends[index] = (index == 0 ? 0 : ends[index - 1]) + counts[index];
        places = new RowOrder(seed, BlockRows, "mix");
    }

    /// <inheritdoc/>
    public int RowLength => corpora[0].Data.RowLength;

    /// <inheritdoc/>
    public SampleCursor Begin(SampleCursor cursor, int rows) =>
        cursor is { Epoch: 0, Position: >= 0 }
            ? cursor
            : throw new DataException(
                DataFault.InvalidValue,
                $"The cursor (epoch {cursor.Epoch}, position {cursor.Position}) is not of a mix, whose epoch is always 0. "
                    + "Resume with the data that the run was started with."
            );

    /// <inheritdoc/>
    public SampleCursor After(SampleCursor begin, int rows) => begin with { Position = begin.Position + rows };

    /// <inheritdoc/>
    public void Read(SampleCursor begin, int offset, Span<long> destination)
    {
        var (corpus, number) = PlaceOf(begin.Position + offset);
        var rows = corpora[corpus].Data.RowCount;
        corpora[corpus].Read(number / rows, number % rows, destination);
    }

    /// <inheritdoc/>
    public bool IsHere(SampleCursor begin, int rows)
    {
        // Whole blocks: inside of one, a corpus's rows come in no order, and none may go before the last has come.
        var (first, last) = (begin.Position / BlockRows, (begin.Position + rows - 1) / BlockRows);
        var all = true;
        for (var index = 0; index < corpora.Length; index++)
        {
            var (data, count) = (corpora[index].Data, CountOf(index));
            // All are asked, not only the first that is not here: each answer also says what is needed next.
            all &= count == 0 || data.AreHere(first * count % data.RowCount, (last - first + 1) * count);
        }
        return all;
    }

    /// <inheritdoc/>
    public void RequireBatchesOf(int rows) { }

    /// <summary>Which corpus a row of the mix comes from, and the how-manieth of that corpus it is.</summary>
    /// <param name="index">The row of the mix, from 0.</param>
    internal (int Corpus, long Number) PlaceOf(long index)
    {
        var (block, place) = (index / BlockRows, index % BlockRows);
        var label = (int)places.RowAt(block, place);
        var corpus = 0;
        while (label >= ends[corpus])
            corpus++;
        var first = corpus == 0 ? 0 : ends[corpus - 1];
        return (corpus, block * CountOf(corpus) + (label - first));
    }

    /// <summary>Rows of a corpus in each block.</summary>
    private int CountOf(int corpus) => ends[corpus] - (corpus == 0 ? 0 : ends[corpus - 1]);
}
