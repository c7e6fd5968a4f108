namespace ReLoRA.Core.Configuration;

/// <summary>
/// What a reset does, in each point on which published implementations of ReLoRA differ: docs/reset-semantics.md. Use a
/// preset, or change single points of one with <c>with</c>.
/// </summary>
public sealed record ResetSemantics
{
    /// <summary>
    /// The method as described: live adapters from the first step, a merge with the scale that leaves the function as it was,
    /// freshly drawn adapters, cleared optimizer state.
    /// </summary>
    public static ResetSemantics Exact { get; } = new();

    /// <summary>
    /// What the code of "Investigating ReLoRA" does on a single GPU: adapters that are dead until the first merge, a merge
    /// without the scale, 99.9 % of the optimizer state pruned at random, dropout 0.1 on the adapter path, and the reset one
    /// step after the schedule's restart.
    /// </summary>
    public static ResetSemantics PaperSingleGpu { get; } =
        new()
        {
            FirstCycle = AdapterStart.Dead,
            Merge = MergeRule.Unscaled,
            Moments = MomentReset.RandomPrune,
            PruneRatio = 0.999,
            Offset = 1,
            Dropout = 0.1,
        };

    /// <summary>How adapters start before the first reset. Default: <see cref="AdapterStart.Kaiming"/>.</summary>
    public AdapterStart FirstCycle { get; init; } = AdapterStart.Kaiming;

    /// <summary>What is added to the frozen weight. Default: <see cref="MergeRule.Scaled"/>.</summary>
    public MergeRule Merge { get; init; } = MergeRule.Scaled;

    /// <summary>What happens to the adapters' AdamW moments. The step counter is kept. Default: <see cref="MomentReset.Zero"/>.</summary>
    public MomentReset Moments { get; init; } = MomentReset.Zero;

    /// <summary>Fraction of the moments set to zero by <see cref="MomentReset.RandomPrune"/>. Default: 0.999.</summary>
    [Knob(Minimum = 0, Maximum = 1)]
    public double PruneRatio { get; init; } = 0.999;

    /// <summary>
    /// Resets fall after update <c>t</c> where <c>t mod ResetEvery</c> equals this and <c>t</c> is past the warm-up.
    /// 0 resets as the schedule restarts, 1 one update later, as published. Default: 0.
    /// </summary>
    [Knob(Unit = "steps", Minimum = 0, Maximum = 1)]
    public int Offset { get; init; }

    /// <summary>Dropout on the input of the adapters while training. Default: 0.</summary>
    [Knob(Minimum = 0, Maximum = 1, ExclusiveMaximum = true)]
    public double Dropout { get; init; }

    /// <summary>Whether this rule promises that a reset leaves the model's function as it was, so that a reset that does not stops the run.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool PreservesFunction => Merge == MergeRule.Scaled;

    /// <summary>The preset's name, or the points in which this differs from <see cref="Exact"/>.</summary>
    public override string ToString()
    {
        if (this == Exact)
            return nameof(Exact);
        if (this == PaperSingleGpu)
            return nameof(PaperSingleGpu);
        return $"FirstCycle={FirstCycle},Merge={Merge},Moments={Moments},"
            + FormattableString.Invariant($"PruneRatio={PruneRatio},Offset={Offset},Dropout={Dropout}");
    }
}
