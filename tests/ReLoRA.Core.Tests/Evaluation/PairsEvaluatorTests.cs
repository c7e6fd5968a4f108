using ReLoRA.Core.Evaluation;
using ReLoRA.Core.Models;
using ReLoRA.Results.Log;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Evaluation;

public sealed class PairsEvaluatorTests
{
    // Sums of at most 11 float32 log-probabilities of about 3.5 nats: one part in 10^5 allows for another order of summation.
    private const double Tolerance = 1e-4;

    private static readonly MinimalPairSuite Suite = new(
        "made_up",
        [
            new MinimalPair("b", [1, 2, 3], [1, 2, 4]),
            new MinimalPair("a", [5, 6, 7, 8, 9, 10, 11], [5, 6, 7]),
            new MinimalPair("b", [1, 2, 4], [1, 2, 3]),
            new MinimalPair("same", [3, 1, 4, 1, 5], [3, 1, 4, 1, 5]),
            new MinimalPair("a", [2, 7, 1, 8], [3, 1, 4, 1]),
        ]
    );

    [Fact]
    public void A_score_is_the_sum_over_all_tokens_but_the_first()
    {
        using var scope = NewDisposeScope();
        using var model = ModelFactory.Create(SmallRuns.Config, CPU);

        var scores = new PairsEvaluator(Suite).Scores(model);

        foreach (var (pair, score) in Suite.Pairs.Zip(scores))
        {
            Assert.Equal(ByHand(model, pair.Good), score.Good, Tolerance);
            Assert.Equal(ByHand(model, pair.Bad), score.Bad, Tolerance);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Scores_do_not_depend_on_the_batch_or_the_order(int tokensAtOnce)
    {
        using var model = ModelFactory.Create(SmallRuns.Config, CPU);
        var whole = new PairsEvaluator(Suite).Scores(model);
        var reversed = new MinimalPairSuite(Suite.Name, [.. Suite.Pairs.Reverse()]);

        var parts = new PairsEvaluator(reversed, tokensAtOnce).Scores(model).Reverse();

        foreach (var (expected, found) in whole.Zip(parts))
        {
            Assert.Equal(expected.Good, found.Good, Tolerance);
            Assert.Equal(expected.Bad, found.Bad, Tolerance);
        }
    }

    [Fact]
    public void Opposite_pairs_give_one_right_answer_and_the_same_sentence_twice_is_a_tie()
    {
        using var model = ModelFactory.Create(SmallRuns.Config, CPU);

        var result = new PairsEvaluator(Suite).Evaluate(model);

        Assert.Equal("made_up", result.Name);
        Assert.Equal(["a", "b", "same"], result.Phenomena.Select(phenomenon => phenomenon.Name));
        var scores = new PairsEvaluator(Suite).Scores(model);
        var right = Suite.Pairs.Zip(scores).Where(one => one.First.Paradigm == "b").Select(one => one.Second);
        // The first of two pairs is the highest bit of eight.
        var bits = right.First().Good > right.First().Bad ? "80" : "40";
        Assert.Equal(new PairsPhenomenon("b", 1, 0, 2) { Right = bits }, result.Phenomena[1]);
        Assert.Equal(new PairsPhenomenon("same", 0, 1, 1) { Right = "00" }, result.Phenomena[2]);
    }

    [Fact]
    public void Each_phenomenon_counts_alike() =>
        Assert.Equal(
            0.75,
            new PairsResult("s", [new PairsPhenomenon("a", 1, 0, 2), new PairsPhenomenon("b", 10, 0, 10)]).Accuracy
        );

    [Fact]
    public void Dropout_is_off_and_nothing_stays_alive()
    {
        using var model = ModelFactory.Create(SmallRuns.ReLoRA(Core.Configuration.ResetSemantics.PaperSingleGpu), CPU);
        var evaluator = new PairsEvaluator(Suite);
        var first = evaluator.Scores(model);
        var before = LiveTensors.Count;

        Assert.Equal(first, evaluator.Scores(model));
        Assert.Equal(before, LiveTensors.Count);
    }

    private static double ByHand(Decoder model, IReadOnlyList<int> ids)
    {
        var input = tensor(ids.Select(id => (long)id).ToArray(), [1, ids.Count], dtype: int64);
        var logits = model.Forward(input, training: false).to(float64);
        var sum = 0.0;
        for (var t = 1; t < ids.Count; t++)
        {
            var row = logits[0, t - 1].data<double>().ToArray();
            sum += row[ids[t]] - Math.Log(row.Sum(Math.Exp));
        }
        return sum;
    }
}
