using ReLoRA.Core.Configuration;
using ReLoRA.Core.Evaluation;
using ReLoRA.Core.Models;

namespace ReLoRA.Core.Training;

/// <summary>The tensors of one micro-batch, in bytes.</summary>
internal sealed class StepMemory
{
    /// <summary>
    /// Tensors leave gaps between them that no other of their size fits into again. As measured, in shares of the activations: adapters
    /// mix more sizes.
    /// </summary>
    private const double FullRankGaps = 0.3;
    private const double AdapterGaps = 0.55;

    /// <summary>And in tensors of a piece's logits, where there are several pieces; where there is one, it leaves one.</summary>
    private const double PieceGaps = 4;

    /// <summary>With recomputation the more, the more pieces there are: no activations were freed whose place they could take.</summary>
    private const double LeastPieceGaps = 4;
    private const double MostPieceGaps = 18;
    private const double GapsOfPiece = 1 / 3.0;

    /// <summary>Mixed precision has the logits in two sizes.</summary>
    private const double MixedPieceGaps = 3;

    private readonly RunConfig config;
    private readonly ModelConfig model;
    private readonly TrainedWeights weights;
    private readonly long tokens;
    private readonly int rounded;

    /// <summary>Counts for a micro-batch.</summary>
    /// <param name="config">The run, normalized.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="tokens">Tokens of the micro-batch.</param>
    public StepMemory(RunConfig config, TrainedWeights weights, long tokens)
    {
        (this.config, model, this.weights, this.tokens) = (config, config.Model, weights, tokens);
        Number = config.Precision == Precision.Float64 ? sizeof(double) : sizeof(float);
        rounded = IsMixed ? sizeof(short) : Number;
    }

    /// <summary>Bytes of a number.</summary>
    public int Number { get; }

    /// <summary>What comes and goes: the larger of the loss's and a block's.</summary>
    public long Working => Math.Max(Loss, Block);

    private long Positions => Math.Min(tokens, Math.Max(1, ChunkedLoss.LogitsAtOnce / model.VocabularySize));

    private bool IsMixed => config.Precision == Precision.BFloat16Mixed;

    /// <summary>What is kept for the way back: of all blocks, or of one and the inputs of the others.</summary>
    public long Activations(bool recompute)
    {
        var stream = tokens * model.Width * Number;
        var blocks = Enumerable.Range(0, model.Layers).Select(block => tokens * Kept(block)).ToList();
        // Embeddings, what the last norm makes of the stream, and the gradient of that.
        var ends = 4 * stream;
        var copies = IsMixed ? rounded * weights.Multiplied : 0;
        return ends + copies + (recompute ? (model.Layers * stream) + blocks.Max() : blocks.Sum());
    }

    /// <summary>What lies between the tensors.</summary>
    /// <param name="activations">What is kept for the way back.</param>
    /// <param name="recompute">Whether blocks are computed again.</param>
    public long Gaps(long activations, bool recompute)
    {
        var share = config.LowRank.Method.HasAdapters() ? AdapterGaps : FullRankGaps;
        var pieces =
            Positions == tokens ? 1
            : recompute ? Math.Min(MostPieceGaps, LeastPieceGaps + (GapsOfPiece * tokens / Positions))
            : PieceGaps;
        pieces += IsMixed ? MixedPieceGaps : 0;
        return (long)((share * activations) + (pieces * Positions * model.VocabularySize * Number));
    }

    /// <summary>A piece's logits, in whose place their gradient comes, their logarithms of probabilities, and the gradient of the head; in mixed precision the first rounded too.</summary>
    private long Loss
    {
        get
        {
            var head = (long)model.VocabularySize * model.Width * Number;
            return head + (Positions * model.VocabularySize * ((2 * Number) + (IsMixed ? 2 * rounded : 0)));
        }
    }

    /// <summary>Of one block, what is not kept: some of the stream's size and some of the hidden layer's; the same in an evaluation.</summary>
    private long Block
    {
        get
        {
            var evaluated = PerplexityEvaluator.MostTokens(config.Data.SequenceLength);
            return Math.Max(tokens, evaluated) * Number * ((8L * model.Width) + (3L * model.HiddenWidth));
        }
    }

    private long Kept(int block)
    {
        var activations = Architectures.Of(model).Activations(model, Number, rounded);
        return activations.Bytes + weights.Kept(block, activations.Inputs, Number, rounded);
    }
}
