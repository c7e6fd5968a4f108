using ReLoRA.Core.Configuration;
using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Inference;
using ReLoRA.Core.Models;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Evaluation.Scoring;

public sealed class SequenceScorerTests : IDisposable
{
    /// <summary>64-bit rounding of sums of a dozen logarithms of about 3, in matrices of other shapes.</summary>
    private const double Tolerance = 1e-12;

    private readonly Decoder model = ModelFactory.Create(
        SmallRuns.ReLoRA(ResetSemantics.Exact) with
        {
            Precision = Precision.Float64,
        },
        CPU
    );

    /// <summary>Pairs with much, little and nothing in common, and texts alone, of all lengths.</summary>
    private static IReadOnlyList<ScoredItem> Items { get; } =
    [
        Pair([1, 2, 3, 4, 5], [1, 2, 3, 9, 5, 6, 7]),
        Pair([7, 2], [8, 2]),
        Pair([5, 5, 5, 5, 1, 2, 3, 4, 5, 6, 7, 8], [5, 5, 5]),
        new([new([3, 1, 4, 1, 5, 9, 2, 6], First: 5)]),
        Pair([4, 4, 4], [4, 4, 4]),
        new([new([1, 2, 3, 4], First: 3), new([1, 2, 3, 4], First: 1), new([1, 2, 4, 4], First: 3)]),
        new([new([1, 2, 3, 4], First: 1), new([1, 2, 3, 5], First: 2)]),
    ];

    public void Dispose() => model.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(4096)]
    public void Scores_are_those_of_each_sequence_alone_whatever_the_batch(int tokensAtOnce)
    {
        var scores = new SequenceScorer(model, tokensAtOnce).Score(Items).ToDictionary(score => score.Item);

        Assert.Equal(Items.Count, scores.Count);
        foreach (var (item, place) in Items.Select((item, place) => (item, place)))
        foreach (var (sequence, score) in item.Alternatives.Zip(scores[place].Alternatives))
        {
            var alone = TokenLogProbabilities.Of(model, [.. sequence.Tokens]).Skip(sequence.First - 1);
            Assert.Equal(alone.Sum(), score.LogProbability, Tolerance);
            Assert.Equal(sequence.Count, score.Tokens);
        }
    }

    [Fact]
    public void The_most_probable_continuation_is_greedy_and_every_other_is_not()
    {
        using var scope = NewDisposeScope();
        var ids_BT = tensor(new long[] { 1, 2, 3 }, [1, 3]);
        var best = (int)model.Forward(ids_BT, training: false)[0, 2].argmax().item<long>();
        var items = Enumerable.Range(0, 32).Select(next => new ScoredItem([new([1, 2, 3, next], First: 3)])).ToList();

        var scores = new SequenceScorer(model).Score(items).OrderBy(score => score.Item).ToList();

        Assert.Equal(best, scores.FindIndex(score => score.Alternatives[0].IsGreedy));
        Assert.Single(scores, score => score.Alternatives[0].IsGreedy);
    }

    [Fact]
    public void Known_items_are_passed_over_and_nothing_is_computed_that_nobody_asks_for()
    {
        var scorer = new SequenceScorer(model, tokensAtOnce: 1);

        Assert.Equal([1, 4], scorer.Score(Items, item => item is not (1 or 4)).Select(score => score.Item));
        Assert.Equal(1, scorer.Score(Items).First().Item);
    }

    [Fact]
    public void What_has_nothing_to_score_or_is_too_long_is_refused()
    {
        var scorer = new SequenceScorer(model);

        Assert.Throws<ArgumentException>(() => scorer.Score([new([new([1, 2], First: 0)])]));
        Assert.Throws<ArgumentException>(() => scorer.Score([new([new([1, 2], First: 2)])]));
        Assert.Throws<ArgumentException>(() => scorer.Score([new([new(new int[14])])]));
        Assert.Single(scorer.Score([new([new(new int[13])])]));
    }

    [Fact]
    public void Every_tensor_made_is_freed()
    {
        var before = LiveTensors.Count;
        _ = new SequenceScorer(model).Score(Items).Count();
        Assert.Equal(before, LiveTensors.Count);
    }

    private static ScoredItem Pair(int[] good, int[] bad) => new([new(good), new(bad)]);
}
