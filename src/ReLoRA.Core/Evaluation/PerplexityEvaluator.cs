using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Models;
using ReLoRA.Core.Training;
using ReLoRA.Data.Shards;
using ReLoRA.Results.Log;
using static TorchSharp.torch;

// B: rows, T: positions, V: vocabulary.
namespace ReLoRA.Core.Evaluation;

/// <summary>
/// Mean cross-entropy of the next token by domain, in evaluation mode. Rows are taken in their stored order, so the figure does
/// not depend on the run's seed.
/// </summary>
public sealed class PerplexityEvaluator
{
    private const int RowsAtOnce = 16;
    private const int TokensAtOnce = 4096;

    private readonly EvaluationCorpus corpus;
    private readonly int maxRows;

    /// <summary>Creates the evaluator.</summary>
    /// <param name="corpus">The domains.</param>
    /// <param name="maxRows">Rows of each domain at most; 0 takes all.</param>
    public PerplexityEvaluator(EvaluationCorpus corpus, int maxRows) => (this.corpus, this.maxRows) = (corpus, maxRows);

    /// <summary>Evaluates a model. Leaves it, and every generator, as it was.</summary>
    /// <param name="model">The model.</param>
    public PerplexityResult Evaluate(Decoder model) =>
        new([.. corpus.Domains.Select(domain => Evaluate(model, domain))]);

    private EvalDomain Evaluate(Decoder model, EvaluationDomain domain)
    {
        var rows = maxRows == 0 ? domain.Data.RowCount : Math.Min(maxRows, domain.Data.RowCount);
        var nats = new List<double>();
        var atOnce = Rows(domain.Data.RowLength - 1);
        for (long row = 0; row < rows; row += atOnce)
            nats.AddRange(RowNats(model, domain.Data, row, (int)Math.Min(atOnce, rows - row)));
        var tokens = nats.Count * (domain.Data.RowLength - 1L);
        var loss = nats.Sum() / tokens;
        return new EvalDomain(domain.Name, loss, Math.Exp(loss), tokens) { RowNats = nats.AsReadOnly() };
    }

    /// <summary>Rows of one forward pass: few enough that an evaluation takes no more memory than training.</summary>
    /// <param name="sequenceLength">Tokens of a row.</param>
    internal static int Rows(int sequenceLength) => Math.Clamp(TokensAtOnce / sequenceLength, 1, RowsAtOnce);

    /// <summary>What no forward pass has more tokens than.</summary>
    /// <param name="sequenceLength">Tokens of a row.</param>
    internal static long MostTokens(int sequenceLength) =>
        Math.Min((long)RowsAtOnce * sequenceLength, Math.Max(TokensAtOnce, sequenceLength));

    /// <summary>Each row's loss, summed over its tokens.</summary>
    private static double[] RowNats(Decoder model, TokenDataset data, long first, int count)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (inputs_BT, labels_BT) = TokenTensors.Read(data, first, count, model.Device);
        var labels = labels_BT.flatten().cpu().data<long>().ToArray();
        var everyPosition = Enumerable.Range(0, labels.Length).Select(position => (long)position).ToArray();
        var hidden_NW = model.Hidden(inputs_BT, training: false).flatten(0, 1);
        var (own_N, _) = NextTokens.LogProbabilities(model, hidden_NW, everyPosition, labels);
        return own_N.neg().view(count, -1).sum(1).cpu().data<double>().ToArray();
    }
}
