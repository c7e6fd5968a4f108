using ReLoRA.Core.Evaluation.Blimp;
using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;
using ReLoRA.Core.Models;
using ReLoRA.Results.Log;

namespace ReLoRA.Core.Evaluation;

/// <summary>Accuracy on minimal pairs while a run trains: the sums of <see cref="BlimpEvaluator"/>, without a start token.</summary>
public sealed class PairsEvaluator
{
    private readonly MinimalPairSuite suite;
    private readonly BlimpEvaluation evaluation;
    private readonly int tokensAtOnce;

    /// <summary>Creates the evaluator.</summary>
    /// <param name="suite">The pairs.</param>
    /// <param name="tokensAtOnce">See <see cref="SequenceScorer.TokensAtOnce"/>.</param>
    public PairsEvaluator(MinimalPairSuite suite, int tokensAtOnce = SequenceScorer.TokensAtOnce)
    {
        ArgumentNullException.ThrowIfNull(suite);
        (this.suite, this.tokensAtOnce) = (suite, tokensAtOnce);
        evaluation = new BlimpEvaluation(suite.Pairs, ScoreRule.Sum);
    }

    /// <summary>Evaluates a model. Leaves it, and every generator, as it was.</summary>
    /// <param name="model">The model.</param>
    public PairsResult Evaluate(Decoder model) =>
        new(suite.Name, [.. evaluation.Paradigms(Score(model)).Select(Counted)]);

    /// <summary>The scores of both sentences of each pair, in the suite's order, in nats.</summary>
    /// <param name="model">The model.</param>
    public IReadOnlyList<PairScore> Scores(Decoder model) => [.. Score(model).Select(evaluation.ScoreOf)];

    private static PairsPhenomenon Counted(IGrouping<string, JudgedPair> paradigm)
    {
        var outcomes = paradigm.Select(one => one.Outcome).ToList();
        var counts = PairCounts.Of(outcomes);
        return new PairsPhenomenon(paradigm.Key, counts.Right, counts.Ties, counts.Pairs)
        {
            Term = paradigm.First().Pair.Term is { } term ? BlimpPhenomena.Of(term) : null,
            Right = Bits([.. outcomes.Select(outcome => outcome == PairOutcome.Right)]),
        };
    }

    private static string Bits(IReadOnlyList<bool> marks)
    {
        var bytes = new byte[(marks.Count + 7) / 8];
        foreach (var (place, isSet) in marks.Index())
            bytes[place / 8] |= (byte)(isSet ? 0x80 >> (place % 8) : 0);
        return Convert.ToHexStringLower(bytes);
    }

    private ItemScore[] Score(Decoder model) =>
        [.. new SequenceScorer(model, tokensAtOnce).Score(evaluation.Items).OrderBy(score => score.Item)];
}
