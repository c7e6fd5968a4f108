using ReLoRA.Core.Accounting;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Models;

namespace ReLoRA.Core.Training;

/// <summary>Counts the weights of a run without making them.</summary>
/// <param name="config">The run, normalized.</param>
/// <param name="isWarm">Whether during its warm start, when the adapted weights train and the adapters do not.</param>
internal sealed class TrainedWeights(RunConfig config, bool isWarm)
{
    private readonly LowRankConfig lowRank = config.LowRank;

    // Asked for several times a weight, and found by comparing names.
    private readonly Dictionary<string, int> ranks = [];

    private readonly IReadOnlyList<WeightShape> shapes = [.. Architectures.Of(config.Model).Weights(config.Model)];

    /// <summary>Numbers in all weights.</summary>
    public long Stored => shapes.Sum(shape => IsFactored(shape) ? Factors(shape) : Size(shape) + Factors(shape));

    /// <summary>Numbers in those that train.</summary>
    public long Trained => shapes.Sum(TrainedOf);

    /// <summary>Numbers that mixed precision keeps rounded copies of: the linears and the head, not the embedding.</summary>
    public long Multiplied => Stored - Size(shapes.First(shape => shape.Shape.Length == 2));

    /// <summary>Floating-point operations of a token, as <see cref="TrainingCost"/> counts them.</summary>
    public TrainingCost Cost
    {
        get
        {
            var matrices = shapes.Where(shape => shape.Shape.Length == 2).Skip(1).ToList();
            var forward = 2.0 * matrices.Sum(Multiplications);
            var gradients = 2.0 * matrices.Sum(shape => TrainedOf(shape) - (isWarm ? 0 : Scales(shape)));
            var attention = 2.0 * 2 * config.Model.Layers * config.Model.Width * (config.Data.SequenceLength + 1) / 2;
            return new TrainingCost(forward + attention, (2 * forward) + gradients + (3 * attention));
        }
    }

    /// <summary>What the linears of a block keep for the way back, bytes a token.</summary>
    /// <param name="block">The block's number.</param>
    /// <param name="inputs">What its linears are applied to.</param>
    /// <param name="number">Bytes of a number of the weights' type.</param>
    /// <param name="rounded">Bytes of a number that comes from a matrix product.</param>
    public long Kept(int block, IEnumerable<LinearInput> inputs, int number, int rounded) =>
        inputs.Sum(input => Kept(block, input, number, rounded));

    private long Kept(int block, LinearInput input, int number, int rounded)
    {
        var isCopied = rounded < number && !input.IsRounded;
        var (own, cast) = (input.IsRounded ? rounded : number, input.IsRounded || isCopied ? rounded : number);
        var (bytes, isShared) = (0L, false);
        foreach (var name in input.Linears)
        {
            var rank = Rank($"layers.{block}.{name}");
            var isAdapted = rank > 0 && lowRank.Method.HasAdapters();
            var trainsA = isAdapted && !isWarm && lowRank.Method != LowRankMethod.FrozenA;
            var drops = isAdapted && lowRank.Semantics.Dropout > 0;
            if (!isAdapted || isWarm || (trainsA && !drops))
                (bytes, isShared) = isCopied ? (bytes + ((long)rounded * input.Width), isShared) : (bytes, true);
            if (drops)
                bytes += (long)(own + (trainsA ? cast : 0)) * input.Width;
            // Before and after a trained scale.
            bytes += (long)rounded * rank * (lowRank.Scaling == AdapterScaling.TrainableTanh ? 2 : 1);
        }
        return isShared && !input.IsKept ? bytes + ((long)own * input.Width) : bytes;
    }

    private long Multiplications(WeightShape shape) =>
        (IsFactored(shape) ? 0 : Size(shape)) + Factors(shape) - Scales(shape);

    private long TrainedOf(WeightShape shape) =>
        !HasAdapter(shape) ? (IsFactored(shape) ? Factors(shape) : Size(shape))
        : isWarm ? Size(shape)
        : lowRank.Method == LowRankMethod.FrozenA ? Factors(shape) - (shape.Shape[1] * Rank(shape))
        : Factors(shape);

    private bool HasAdapter(WeightShape shape) => Rank(shape) > 0 && lowRank.Method.HasAdapters();

    private bool IsFactored(WeightShape shape) => Rank(shape) > 0 && !lowRank.Method.HasAdapters();

    private long Factors(WeightShape shape) => Rank(shape) > 0 ? (Rank(shape) * shape.Shape.Sum()) + Scales(shape) : 0;

    private int Scales(WeightShape shape) =>
        HasAdapter(shape) && lowRank.Scaling == AdapterScaling.TrainableTanh ? 1 : 0;

    private int Rank(WeightShape shape) => shape.IsLinear ? Rank(shape.Owner) : 0;

    private int Rank(string linear)
    {
        if (!ranks.TryGetValue(linear, out var rank))
            ranks[linear] = rank = RankRule.Largest(lowRank, linear);
        return rank;
    }

    private static long Size(WeightShape shape) => shape.Shape.Aggregate(1L, (size, side) => size * side);
}
