namespace ReLoRA.Core.Evaluation.Scoring;

/// <summary>
/// Sequences of one forward pass, as a tree of beginnings. What several begin with is one beginning: the logits after it are computed once, and so is
/// what they have in common. A sequence whose beginnings are all others' too has no row of its own.
/// </summary>
internal sealed class ScoringBatch
{
    private const int Root = -1;

    // A beginning is a number; it grows by a token to another one.
    private readonly Dictionary<(int Beginning, int Token), int> beginnings = [];

    // Where the logits after a beginning are computed, and which beginnings it is scored for growing to.
    private readonly Dictionary<int, (int Row, int Position, List<(int Token, int Next)> Scored)> contexts = [];
    private readonly HashSet<int> scored = [];
    private readonly List<(int Item, int[] Beginnings, int First)> sequences = [];
    private readonly List<IReadOnlyList<int>> rows = [];
    private readonly Dictionary<int, int> places = [];

    /// <summary>Lays out items.</summary>
    /// <param name="all">Every item.</param>
    /// <param name="chosen">The places of those that are scored together.</param>
    public ScoringBatch(IReadOnlyList<ScoredItem> all, IReadOnlyList<int> chosen)
    {
        foreach (var item in chosen)
        foreach (var sequence in all[item].Alternatives)
            Add(item, sequence);
        Length = rows.Max(tokens => tokens.Count) - 1;
        Positions = [.. contexts.Values.Select(context => ((long)context.Row * Length) + context.Position)];
        var targets = contexts
            .Values.SelectMany((context, place) => context.Scored.Select(one => (place, one)))
            .ToList();
        Contexts = [.. targets.Select(target => (long)target.place)];
        Labels = [.. targets.Select(target => (long)target.one.Token)];
        foreach (var (target, place) in targets.Select((target, place) => (target, place)))
            places[target.one.Next] = place;
    }

    /// <summary>Input tokens of a row.</summary>
    public int Length { get; }

    /// <summary>Rows.</summary>
    public int Rows => rows.Count;

    /// <summary>The positions whose logits are needed, as row times length plus position.</summary>
    public long[] Positions { get; }

    /// <summary>For each token that is scored, the place of its position among <see cref="Positions"/>; ascending.</summary>
    public long[] Contexts { get; }

    /// <summary>The tokens that are scored.</summary>
    public long[] Labels { get; }

    /// <summary>The inputs, row by row. Attention looks back only, so what pads the end changes no score before it.</summary>
    public long[] Inputs()
    {
        var ids = new long[rows.Count * Length];
        for (var row = 0; row < rows.Count; row++)
        {
            for (var at = 0; at < rows[row].Count - 1; at++)
                ids[(row * Length) + at] = rows[row][at];
        }
        return ids;
    }

    /// <summary>The items' scores from those of the tokens.</summary>
    /// <param name="logProbabilities">Of each of <see cref="Labels"/>.</param>
    /// <param name="isMostProbable">Whether no token is more probable there.</param>
    public IEnumerable<ItemScore> Gather(IReadOnlyList<double> logProbabilities, IReadOnlyList<bool> isMostProbable)
    {
        return sequences.GroupBy(sequence => sequence.Item, Sum).Select(item => new ItemScore(item.Key, [.. item]));

        SequenceScore Sum((int Item, int[] Beginnings, int First) sequence)
        {
            var (sum, greedy) = (0.0, true);
            foreach (var beginning in sequence.Beginnings.AsSpan(sequence.First))
            {
                var place = places[beginning];
                sum += logProbabilities[place];
                greedy &= isMostProbable[place];
            }
            return new SequenceScore(sum, sequence.Beginnings.Length - sequence.First, greedy);
        }
    }

    private void Add(int item, ScoredSequence sequence)
    {
        var path = new int[sequence.Tokens.Count];
        var (beginning, row) = (Root, -1);
        for (var at = 0; at < path.Length; at++)
        {
            var token = sequence.Tokens[at];
            if (!beginnings.TryGetValue((beginning, token), out path[at]))
                beginnings[(beginning, token)] = path[at] = beginnings.Count;
            if (at >= sequence.First && scored.Add(path[at]))
            {
                if (!contexts.TryGetValue(beginning, out var context))
                {
                    if (row < 0)
                    {
                        row = rows.Count;
                        rows.Add(sequence.Tokens);
                    }
                    contexts[beginning] = context = (row, at - 1, []);
                }
                context.Scored.Add((token, path[at]));
            }
            beginning = path[at];
        }
        sequences.Add((item, path, sequence.First));
    }
}
