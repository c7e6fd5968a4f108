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

    /// <summary>
    /// What the published runs of "Investigating ReLoRA" did on several GPUs: as <see cref="PaperSingleGpu"/>, but the optimizer's
    /// copies of the adapters outlive the reset, so that merged adapters go on and are counted twice.
    /// </summary>
    public static ResetSemantics PaperAsRun { get; } = PaperSingleGpu with { Restart = RestartRule.CarriedOver };

    /// <summary>
    /// ReLoRA as Lialin et al. (2023) describe it: live adapters, a merge with the scale, fresh adapters, all but the largest
    /// tenth of the moments pruned. They begin with full-rank steps: set <see cref="LowRankConfig.WarmStartSteps"/>.
    /// </summary>
    public static ResetSemantics Lialin2023Paper { get; } =
        new()
        {
            Moments = MomentReset.MagnitudePrune,
            PruneRatio = 0.9,
            Dropout = 0.1,
        };

    /// <summary>
    /// What the code of Lialin et al. does by default: adapters that are dead until the first merge, and 99.9 % of the optimizer
    /// state pruned at random. Begins with full-rank steps too: <see cref="LowRankConfig.WarmStartSteps"/>.
    /// </summary>
    public static ResetSemantics Lialin2023Code { get; } =
        new()
        {
            FirstCycle = AdapterStart.Dead,
            Moments = MomentReset.RandomPrune,
            PruneRatio = 0.999,
            Dropout = 0.1,
        };

    /// <summary>How adapters start before the first reset. Default: <see cref="AdapterStart.Kaiming"/>.</summary>
    public AdapterStart FirstCycle { get; init; } = AdapterStart.Kaiming;

    /// <summary>What is added to the frozen weight. Default: <see cref="MergeRule.Scaled"/>.</summary>
    public MergeRule Merge { get; init; } = MergeRule.Scaled;

    /// <summary>What adapters go on with after a reset. Default: <see cref="RestartRule.Reinitialise"/>.</summary>
    [Knob(OmittedAtDefault = true)]
    public RestartRule Restart { get; init; } = RestartRule.Reinitialise;

    /// <summary>What happens to the adapters' AdamW moments. Default: <see cref="MomentReset.Zero"/>.</summary>
    public MomentReset Moments { get; init; } = MomentReset.Zero;

    /// <summary>
    /// Fraction of the moments set to zero by <see cref="MomentReset.RandomPrune"/> and <see cref="MomentReset.MagnitudePrune"/>.
    /// Default: 0.999.
    /// </summary>
    [Knob(Minimum = 0, Maximum = 1)]
    public double PruneRatio { get; init; } = 0.999;

    /// <summary>What happens to the adapters' AdamW step counter. Default: <see cref="AdamCounter.Kept"/>.</summary>
    [Knob(OmittedAtDefault = true)]
    public AdamCounter Counter { get; init; } = AdamCounter.Kept;

    /// <summary>
    /// Resets fall after update <c>t</c> where <c>t mod ResetEvery</c> equals this and <c>t</c> is past the warm-up.
    /// 0 resets as the schedule restarts, 1 one update later, as published. Default: 0.
    /// </summary>
    [Knob(Unit = "steps", Minimum = 0)]
    public int Offset { get; init; }

    /// <summary>Dropout on the input of the adapters while training. Default: 0.</summary>
    [Knob(Minimum = 0, Maximum = 1, ExclusiveMaximum = true)]
    public double Dropout { get; init; }

    /// <summary>Whether this rule promises that a reset leaves the model's function as it was, so that a reset that does not stops the run.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool PreservesFunction => Merge == MergeRule.Scaled && Restart == RestartRule.Reinitialise;

    /// <summary>The presets by name, <see cref="Exact"/> first.</summary>
    public static IReadOnlyList<(string Name, ResetSemantics Semantics)> Named { get; } =
    [
        (nameof(Exact), Exact),
        (nameof(PaperSingleGpu), PaperSingleGpu),
        (nameof(PaperAsRun), PaperAsRun),
        (nameof(Lialin2023Paper), Lialin2023Paper),
        (nameof(Lialin2023Code), Lialin2023Code),
    ];

    /// <summary>The preset's name, or every point; those that came later only where they are not at their default.</summary>
    public override string ToString()
    {
        var preset = Named.FirstOrDefault(preset => this == preset.Semantics).Name;
        if (preset is not null)
            return preset;
        var points =
            $"FirstCycle={FirstCycle},Merge={Merge},Moments={Moments},"
            + FormattableString.Invariant($"PruneRatio={PruneRatio},Offset={Offset},Dropout={Dropout}");
        if (Restart != RestartRule.Reinitialise)
            points += $",Restart={Restart}";
        return Counter == AdamCounter.Kept ? points : $"{points},Counter={Counter}";
    }
}
