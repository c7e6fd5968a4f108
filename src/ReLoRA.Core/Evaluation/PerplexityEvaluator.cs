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
        var (sum, tokens) = (0.0, 0L);
        var atOnce = Rows(domain.Data.RowLength - 1);
        for (long row = 0; row < rows; row += atOnce)
        {
            var count = (int)Math.Min(atOnce, rows - row);
            sum += SumOfLosses(model, domain.Data, row, count);
            tokens += (long)count * (domain.Data.RowLength - 1);
        }
        return new EvalDomain(domain.Name, sum / tokens, Math.Exp(sum / tokens), tokens);
    }

    /// <summary>Rows of one forward pass: few enough that an evaluation takes no more memory than training.</summary>
    /// <param name="sequenceLength">Tokens of a row.</param>
    internal static int Rows(int sequenceLength) => Math.Clamp(TokensAtOnce / sequenceLength, 1, RowsAtOnce);

    /// <summary>What no forward pass has more tokens than.</summary>
    /// <param name="sequenceLength">Tokens of a row.</param>
    internal static long MostTokens(int sequenceLength) =>
        Math.Min((long)RowsAtOnce * sequenceLength, Math.Max(TokensAtOnce, sequenceLength));

    private static double SumOfLosses(Decoder model, TokenDataset data, long first, int count)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (inputs_BT, labels_BT) = TokenTensors.Read(data, first, count, model.Device);
        return ChunkedLoss.Sum(model, model.Hidden(inputs_BT, training: false), labels_BT);
    }
}
