using ReLoRA.Core.Configuration;
using ReLoRA.Core.LowRank.ReLoRA;

namespace ReLoRA.Core.Training;

/// <summary>
/// The memory that training takes at most, in bytes, by parts: counted from the shapes, with what the program and libtorch's allocator
/// need on top as measured. What it was held against: docs/training-engine.md.
/// </summary>
public sealed record MemoryEstimate
{
    /// <summary>.NET, libtorch and the program, before there is a tensor.</summary>
    private const long Program = 240L << 20;

    /// <summary>The program itself.</summary>
    public required long Process { get; init; }

    /// <summary>The weights, trained and frozen.</summary>
    public required long Weights { get; init; }

    /// <summary>The gradients of those that train.</summary>
    public required long Gradients { get; init; }

    /// <summary>AdamW's two moments.</summary>
    public required long Moments { get; init; }

    /// <summary>What the forward pass of a micro-batch keeps for the way back, and rounded copies of weights.</summary>
    public required long Activations { get; init; }

    /// <summary>What comes and goes meanwhile: the largest of a piece of the logits, a block's own arithmetic and what the proof of a reset, or a moment of probes, takes beyond activations and gaps.</summary>
    public required long Working { get; init; }

    /// <summary>Gaps in the heap.</summary>
    public required long Gaps { get; init; }

    /// <summary>What probes keep: the model before its first step, where they compare with it.</summary>
    public long Probes { get; init; }

    /// <summary>All of it.</summary>
    public long Total => Process + Weights + Gradients + Moments + Activations + Working + Gaps + Probes;

    /// <summary>Estimates the memory of a run.</summary>
    /// <param name="config">The run.</param>
    /// <param name="microBatch">Sequences of one forward pass.</param>
    /// <param name="recompute">See <see cref="ExecutionSettings.Recompute"/>.</param>
    public static MemoryEstimate Of(RunConfig config, int microBatch, bool recompute)
    {
        var normal = ConfigNormalizer.Normalize(config);
        var trained = Of(normal, microBatch, recompute, isWarm: false);
        if (normal.LowRank.WarmStartSteps == 0 || !normal.LowRank.Method.HasAdapters())
            return trained;
        var warm = Of(normal, microBatch, recompute, isWarm: true);
        return warm.Total > trained.Total ? warm : trained;
    }

    private static MemoryEstimate Of(RunConfig config, int microBatch, bool recompute, bool isWarm)
    {
        var weights = new TrainedWeights(config, isWarm);
        var step = new StepMemory(config, weights, (long)microBatch * config.Data.SequenceLength);
        var activations = step.Activations(recompute);
        var gaps = step.Gaps(activations, recompute);
        var probes = new ProbeMemory(config, weights.Stored, step.Number);
        return new MemoryEstimate
        {
            Process = Program,
            Weights = weights.Stored * step.Number,
            Gradients = weights.Trained * step.Number,
            Moments = 2 * weights.Trained * step.Number,
            Activations = activations,
            Working = Math.Max(step.Working, Math.Max(Proof(config, weights), probes.Passing) - activations - gaps),
            Gaps = gaps,
            Probes = probes.Kept,
        };
    }

    /// <summary>The proof of a reset, which finds the activations' place free: its logits, and the model in 64 bits.</summary>
    private static long Proof(RunConfig config, TrainedWeights weights) =>
        ResetTimes.CountThrough(config, config.Steps) == 0
            ? 0
            : ProbeBatch.Memory(config) + (weights.Stored * sizeof(double));
}
