namespace ReLoRA.Core.Configuration;

/// <summary>Starting points for sweeps. Change them with <c>with</c>, or leave that to the sweep's knobs.</summary>
public static class Presets
{
    /// <summary>
    /// The published tiny decoder at full rank: 11,282,784 parameters, 1,024 x 2,048 tokens a step, the 20,000 reported steps of
    /// a 200,000-step linear curve.
    /// </summary>
    public static RunConfig PicoTiny { get; } = Published(new ModelConfig());

    /// <summary>The published small decoder at full rank: 64,595,328 parameters, otherwise as <see cref="PicoTiny"/>.</summary>
    public static RunConfig PicoSmall { get; } = Published(new ModelConfig { Width = 384, HiddenWidth = 1536 });

    /// <summary>
    /// Minutes on two CPU cores: a four-layer decoder of width 64 on the corpus that ships in <c>datasets/english</c>. Full rank
    /// with a cosine; 320 steps of 1,536 tokens. The reset period and <c>Beta2</c> keep the published
    /// <c>ResetEvery * (1 - Beta2) = 2</c>, on which the size of the steps after a reset depends.
    /// </summary>
    public static RunConfig Nano { get; } =
        new()
        {
            Model = new ModelConfig
            {
                VocabularySize = 4096,
                Width = 64,
                Layers = 4,
                Heads = 4,
                KeyValueHeads = 2,
                HiddenWidth = 192,
                MaxSequenceLength = 128,
            },
            LowRank = new LowRankConfig
            {
                Rank = 8,
                Alpha = 16,
                ResetEvery = 80,
            },
            Optimizer = new OptimizerConfig { LearningRate = 3e-3, Beta2 = 0.975 },
            Schedule = new ScheduleConfig
            {
                Kind = ScheduleKind.Cosine,
                WarmupSteps = 40,
                RestartWarmupSteps = 8,
            },
            Data = new DataConfig { BatchSize = 12, SequenceLength = 128 },
            Budget = new BudgetConfig { Tokens = 320 * 12 * 128 },
            Evaluation = new EvaluationConfig { Pairs = "datasets/english/pairs", Every = 80 },
            Checkpoint = new CheckpointConfig { Every = 80 },
        };

    /// <summary>
    /// <see cref="Nano"/> with GPT-NeoX in place of Pico: the blocks' matrices hold as many numbers, 49,152 a block, since grouped
    /// keys and a third feed-forward matrix weigh there what a wider hidden layer weighs here.
    /// </summary>
    public static RunConfig NanoNeoX { get; } =
        Nano with
        {
            Model = Nano.Model with { Architecture = Architecture.NeoX, HiddenWidth = 256, NormEpsilon = 1e-5 },
        };

    private static RunConfig Published(ModelConfig model) =>
        new()
        {
            Model = model,
            Data = new DataConfig { BatchSize = 1024, SequenceLength = 2048 },
            Schedule = new ScheduleConfig
            {
                Kind = ScheduleKind.Linear,
                WarmupSteps = 2500,
                HorizonSteps = 200_000,
            },
            Budget = new BudgetConfig { Tokens = 20_000L * 1024 * 2048 },
            Evaluation = new EvaluationConfig { Every = 1000 },
            Checkpoint = new CheckpointConfig { Every = 1000 },
        };
}
