namespace ReLoRA.Core.Evaluation.Scoring;

/// <summary>
/// Sequences of one forward pass, and the positions whose next token is scored. A position of an alternative that has the same tokens up to
/// and with the next one as the first alternative has is not listed again: it has the same probability.
/// </summary>
internal sealed class ScoringBatch
{
    private readonly List<(int Item, int Row, ScoredSequence Sequence, int Shared, int FirstRow)> rows = [];
    private readonly List<int> items = [];
    private readonly List<long> positions = [];
    private readonly List<long> labels = [];
    private readonly Dictionary<(int Row, int Token), int> places = [];

    /// <summary>Lays out items.</summary>
    /// <param name="all">Every item.</param>
    /// <param name="chosen">The places of those that are scored together.</param>
    public ScoringBatch(IReadOnlyList<ScoredItem> all, IReadOnlyList<int> chosen)
    {
        Length = chosen.Max(item => all[item].Length) - 1;
        foreach (var item in chosen)
        {
            items.Add(item);
            var firstRow = rows.Count;
            foreach (var sequence in all[item].Alternatives)
                Add(item, sequence, firstRow);
        }
    }

    /// <summary>Input tokens of a row.</summary>
    public int Length { get; }

    /// <summary>Rows.</summary>
    public int Rows => rows.Count;

    /// <summary>The positions scored, as row times length plus position.</summary>
    public long[] Positions => [.. positions];

    /// <summary>The token that follows each of them.</summary>
    public long[] Labels => [.. labels];

    /// <summary>The inputs, row by row. Attention looks back only, so what pads the end changes no score before it.</summary>
    public long[] Inputs()
    {
        var ids = new long[rows.Count * Length];
        for (var row = 0; row < rows.Count; row++)
        {
            var tokens = rows[row].Sequence.Tokens;
            for (var at = 0; at < tokens.Count - 1; at++)
                ids[(row * Length) + at] = tokens[at];
        }
        return ids;
    }

    /// <summary>The items' scores from those of the positions.</summary>
    /// <param name="logProbabilities">Of each position's next token.</param>
    /// <param name="isMostProbable">Whether no token is more probable there.</param>
    public IEnumerable<ItemScore> Gather(IReadOnlyList<double> logProbabilities, IReadOnlyList<bool> isMostProbable)
    {
        var scores = rows.ToLookup(row => row.Item, Sum);
        return items.Select(item => new ItemScore(item, [.. scores[item]]));

        SequenceScore Sum((int Item, int Row, ScoredSequence Sequence, int Shared, int FirstRow) row)
        {
            var (sum, greedy) = (0.0, true);
            for (var token = row.Sequence.First; token < row.Sequence.Tokens.Count; token++)
            {
                var place = places[(token < row.Shared ? row.FirstRow : row.Row, token)];
                sum += logProbabilities[place];
                greedy &= isMostProbable[place];
            }
            return new SequenceScore(sum, row.Sequence.Count, greedy);
        }
    }

    private void Add(int item, ScoredSequence sequence, int firstRow)
    {
        var row = rows.Count;
        var shared = row == firstRow ? 0 : InCommon(rows[firstRow].Sequence, sequence);
        rows.Add((item, row, sequence, shared, firstRow));
        for (var token = Math.Max(sequence.First, shared); token < sequence.Tokens.Count; token++)
        {
            places[(row, token)] = positions.Count;
            positions.Add(((long)row * Length) + token - 1);
            labels.Add(sequence.Tokens[token]);
        }
    }

    /// <summary>Tokens at the beginning that both have, where the first alternative scores no fewer of them.</summary>
    private static int InCommon(ScoredSequence first, ScoredSequence other)
    {
        if (first.First > other.First)
            return 0;
        var length = 0;
        while (
            length < Math.Min(first.Tokens.Count, other.Tokens.Count) && first.Tokens[length] == other.Tokens[length]
        )
            length++;
        return length;
    }
}
