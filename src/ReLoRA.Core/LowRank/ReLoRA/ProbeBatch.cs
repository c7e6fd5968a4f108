using ReLoRA.Core.Configuration;
using ReLoRA.Core.Training;
using ReLoRA.Data.Shards;
using static TorchSharp.torch;

// B: rows, T: positions.
namespace ReLoRA.Core.LowRank.ReLoRA;

/// <summary>
/// The fixed batch on which a reset proves itself: the first rows of the training data, cut to their first positions where there would be more
/// than 2^24 logits. The proof holds several copies of them, some in 64 bits.
/// </summary>
internal static class ProbeBatch
{
    private const int MostRows = 2;

    /// <summary>Logits of one pass.</summary>
    private const long MostLogits = 1 << 24;

    /// <summary>Bytes that are alive at once for each logit: three passes in 32 bits, one in 64 bits, and two passes and their difference in 64.</summary>
    private const int BytesPerLogit = (3 * sizeof(float)) + (4 * sizeof(double));

    /// <summary>Reads the batch. The caller's scope owns the tensors.</summary>
    public static (Tensor Inputs_BT, Tensor Labels_BT) Read(TokenDataset data, RunConfig config, Device device)
    {
        var rows = (int)Math.Min(MostRows, data.RowCount);
        // A streamed dataset may be elsewhere by now: a run that goes on needs its first rows all the same.
        data.Await(0, rows);
        var (inputs_BT, labels_BT) = TokenTensors.Read(data, 0, rows, device);
        var positions = Positions(config, rows);
        return positions == inputs_BT.shape[1]
            ? (inputs_BT, labels_BT)
            : (inputs_BT.narrow(1, 0, positions).contiguous(), labels_BT.narrow(1, 0, positions).contiguous());
    }

    /// <summary>Positions of each row.</summary>
    public static long Positions(RunConfig config, int rows = MostRows) =>
        Math.Clamp(
            MostLogits / (rows * (long)config.Model.VocabularySize),
            Math.Min(2, config.Data.SequenceLength),
            config.Data.SequenceLength
        );

    /// <summary>What the logits of a proof take at most, in bytes.</summary>
    public static long Memory(RunConfig config) =>
        MostRows * Positions(config) * config.Model.VocabularySize * BytesPerLogit;
}
