using ReLoRA.Core.Models;
using static TorchSharp.torch;

// B: rows, T: positions, M: positions with logits, N: scored tokens, W: model width, V: vocabulary.
namespace ReLoRA.Core.Evaluation.Scoring;

/// <summary>
/// Scores sequences: those of like length together, the output head only at positions that are scored, once where several begin alike, and never
/// the logits of all of them at once. In evaluation mode; leaves the model, and every generator, as it was.
/// </summary>
public sealed class SequenceScorer
{
    /// <summary>Tokens of one forward pass, padding included, unless one item alone has more.</summary>
    public const int TokensAtOnce = 4096;

    private readonly Decoder model;
    private readonly int tokensAtOnce;

    /// <summary>Creates a scorer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokensAtOnce">See <see cref="TokensAtOnce"/>; scores depend on it by rounding only.</param>
    public SequenceScorer(Decoder model, int tokensAtOnce = TokensAtOnce) =>
        (this.model, this.tokensAtOnce) = (model, tokensAtOnce);

    /// <summary>Scores items as the caller asks for them, the shortest first. Stop asking, and nothing more is computed.</summary>
    /// <param name="items">The items. Each has a token to score in every alternative.</param>
    /// <param name="isKnown">Whether an item needs no score, since it has one from an earlier sitting; null if none has.</param>
    /// <exception cref="ArgumentException">An item is longer than the model's longest sequence and the token after it, or scores nothing.</exception>
    public IEnumerable<ItemScore> Score(IReadOnlyList<ScoredItem> items, Func<int, bool>? isKnown = null)
    {
        foreach (var sequence in items.SelectMany(item => item.Alternatives))
        {
            if (sequence.First < 1 || sequence.Count < 1 || sequence.Tokens.Count - 1 > model.Model.MaxSequenceLength)
                throw new ArgumentException(
                    $"A sequence of {sequence.Tokens.Count} tokens scored from {sequence.First} on does not fit.",
                    nameof(items)
                );
        }
        var order = Enumerable
            .Range(0, items.Count)
            .Where(item => isKnown is null || !isKnown(item))
            .OrderBy(item => items[item].Length)
            // What begins alike comes together, and is computed once.
            .ThenBy(item => items[item].Alternatives[0].Tokens, TokenOrder.Lexicographic)
            .ToList();
        return Batches(items, order).SelectMany(chosen => Score(new ScoringBatch(items, chosen)));
    }

    /// <summary>Items in the order of their lengths, as many as one pass takes.</summary>
    private IEnumerable<List<int>> Batches(IReadOnlyList<ScoredItem> items, List<int> order)
    {
        var (batch, rows) = (new List<int>(), 0L);
        foreach (var item in order)
        {
            var more = items[item].Alternatives.Count;
            if (batch.Count > 0 && (rows + more) * (items[item].Length - 1) > tokensAtOnce)
            {
                yield return batch;
                (batch, rows) = ([], 0);
            }
            batch.Add(item);
            rows += more;
        }
        if (batch.Count > 0)
            yield return batch;
    }

    private List<ItemScore> Score(ScoringBatch batch)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var inputs_BT = tensor(batch.Inputs(), [batch.Rows, batch.Length], dtype: int64).to(model.Device);
        var positions_M = tensor(batch.Positions, dtype: int64).to(model.Device);
        var hidden_MW = model.Hidden(inputs_BT, training: false).flatten(0, 1).index_select(0, positions_M);
        var (own_N, greatest_N) = NextTokens.LogProbabilities(model, hidden_MW, batch.Contexts, batch.Labels);
        return
        [
            .. batch.Gather(own_N.cpu().data<double>().ToArray(), own_N.ge(greatest_N).cpu().data<bool>().ToArray()),
        ];
    }
}
