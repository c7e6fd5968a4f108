namespace ReLoRA.Core.Configuration;

/// <summary>
/// Everything that decides one training run. Immutable; change it with <c>with</c>. A sweep's knobs are the leaves of this
/// tree (<c>c.Model.Width</c>, <c>c.LowRank.Rank</c>).
/// </summary>
public sealed record RunConfig
{
    /// <summary>The decoder's shape. Default: <see cref="ModelConfig"/>'s defaults, the published tiny size.</summary>
    public ModelConfig Model { get; init; } = new();

    /// <summary>The low-rank method. Default: full rank.</summary>
    public LowRankConfig LowRank { get; init; } = new();

    /// <summary>AdamW's settings. Default: those of the published study.</summary>
    public OptimizerConfig Optimizer { get; init; } = new();

    /// <summary>The learning-rate schedule. Default: jagged cosine as in the published study.</summary>
    public ScheduleConfig Schedule { get; init; } = new();

    /// <summary>The training data.</summary>
    public DataConfig Data { get; init; } = new();

    /// <summary>How long this run trains.</summary>
    public BudgetConfig Budget { get; init; } = new();

    /// <summary>What becomes of a run whose loss leaps up or is no number. Default: it ends at a loss that is no number, and at nothing else.</summary>
    [Knob(OmittedAtDefault = true)]
    public StabilityConfig Stability { get; init; } = new();

    /// <summary>What is evaluated and how often. Not part of a cell's identity: adding an evaluation never retrains.</summary>
    [Knob(AltersWeights = false)]
    public EvaluationConfig Evaluation { get; init; } = new();

    /// <summary>What is measured of the model's linears while it trains. Not part of a cell's identity. Default: nothing.</summary>
    [Knob(AltersWeights = false)]
    public EquatableList<ProbeConfig> Probes { get; init; } = [];

    /// <summary>How often the run is saved. Not part of a cell's identity.</summary>
    [Knob(AltersWeights = false)]
    public CheckpointConfig Checkpoint { get; init; } = new();

    /// <summary>
    /// Model folder whose weights the run starts from, in place of seeded ones: to go on with a trained model, or to adapt one. Its shape must
    /// be <see cref="Model"/>'s; adapters in it are merged first. A run's checkpoints are such folders. Found like
    /// <see cref="DataConfig.Train"/>. Default: empty, seeded weights.
    /// </summary>
    [Knob(IsModel = true, MayBeEmpty = true, OmittedAtDefault = true)]
    public string InitFrom { get; init; } = "";

    /// <summary>The number type of weights and arithmetic. Default: <see cref="Configuration.Precision.Float32"/>.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>The seed of every random draw: initial weights, order of rows, dropout, re-initialised adapters. Default: 42.</summary>
    [Knob(Minimum = 0)]
    public long Seed { get; init; } = 42;

    /// <summary>Optimizer steps of the run: <c>Budget.Steps</c>, else <c>floor(Budget.Tokens / (Data.BatchSize * Data.SequenceLength))</c>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Steps => Budget.Steps > 0 ? Budget.Steps : Budget.Tokens / Math.Max(1, TokensPerStep);

    /// <summary>Tokens of one optimizer step: <c>Data.BatchSize * Data.SequenceLength</c>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long TokensPerStep => (long)Data.BatchSize * Data.SequenceLength;
}
