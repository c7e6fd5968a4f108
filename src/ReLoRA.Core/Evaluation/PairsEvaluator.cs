using ReLoRA.Core.Models;
using ReLoRA.Core.Native;
using ReLoRA.Results.Log;
using static TorchSharp.torch;

// B: sentences, T: positions, V: vocabulary.
namespace ReLoRA.Core.Evaluation;

/// <summary>
/// Accuracy on minimal pairs by the "simple LM method" of Warstadt et al. (BLiMP, TACL 2020): a pair is right if the model finds
/// the whole good sentence strictly more probable than the bad one. A sentence's score is
/// <c>sum over t &gt; 1 of log p(x_t | x_1 .. x_t-1)</c>. There is no start token, so the first token is not scored.
/// </summary>
public sealed class PairsEvaluator
{
    private readonly MinimalPairSuite suite;
    private readonly int pairsAtOnce;

    /// <summary>Creates the evaluator.</summary>
    /// <param name="suite">The pairs.</param>
    /// <param name="pairsAtOnce">Pairs of one forward pass, both sentences of each.</param>
    public PairsEvaluator(MinimalPairSuite suite, int pairsAtOnce = 32) =>
        (this.suite, this.pairsAtOnce) = (suite, pairsAtOnce);

    /// <summary>Evaluates a model. Leaves it, and every generator, as it was.</summary>
    /// <param name="model">The model.</param>
    public PairsResult Evaluate(Decoder model) =>
        new(
            suite.Name,
            [
                .. suite
                    .Pairs.Zip(Scores(model))
                    .GroupBy(scored => scored.First.Phenomenon, StringComparer.Ordinal)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => Count(group.Key, [.. group])),
            ]
        );

    /// <summary>The scores of both sentences of each pair, in the suite's order, in nats.</summary>
    /// <param name="model">The model.</param>
    public IReadOnlyList<PairScore> Scores(Decoder model) =>
        [.. suite.Pairs.Chunk(pairsAtOnce).SelectMany(pairs => Score(model, pairs))];

    private static PairsPhenomenon Count(string name, (MinimalPair Pair, PairScore Score)[] scored) =>
        new(
            name,
            scored.Count(one => !one.Pair.IsSame && one.Score.Good > one.Score.Bad),
            // The same tokens may differ in the last bit by their place in the batch.
            scored.Count(one => one.Pair.IsSame || one.Score.Good == one.Score.Bad),
            scored.Length
        );

    private static IEnumerable<PairScore> Score(Decoder model, MinimalPair[] pairs)
    {
        var sums = Sums(model, [.. pairs.SelectMany(pair => new[] { pair.Good, pair.Bad })]);
        return sums.Chunk(2).Select(both => new PairScore(both[0], both[1]));
    }

    private static double[] Sums(Decoder model, IReadOnlyList<int>[] sentences)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var length = sentences.Max(sentence => sentence.Count);
        var ids = new long[sentences.Length * length];
        var scored = new bool[sentences.Length * (length - 1)];
        for (var row = 0; row < sentences.Length; row++)
        {
            for (var at = 0; at < sentences[row].Count; at++)
            {
                // Attention looks back only, so what pads the end changes no score before it.
                ids[row * length + at] = sentences[row][at];
                if (at > 0)
                    scored[row * (length - 1) + at - 1] = true;
            }
        }
        var ids_BT = tensor(ids, [sentences.Length, length], dtype: int64).to(model.Device);
        var scored_BT = tensor(scored, [sentences.Length, length - 1]).to(model.Device);
        var logits_BTV = model.Forward(ids_BT.narrow(1, 0, length - 1).contiguous(), training: false);
        return nn
            .functional.log_softmax(logits_BTV.to(float32), -1)
            .gather(-1, ids_BT.narrow(1, 1, length - 1).unsqueeze(-1))
            .squeeze(-1)
            .to(float64)
            .masked_fill(scored_BT.logical_not(), LivingScalar.Of(0))
            .sum(1)
            .cpu()
            .data<double>()
            .ToArray();
    }
}
