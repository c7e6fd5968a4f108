using ReLoRA.Results.Log;

namespace ReLoRA.Results.Tests.Log;

/// <summary>A small run as a worker would log it.</summary>
internal static class SampleRecords
{
    public static RunRecord Run() =>
        new()
        {
            Cell = "0123456789ab",
            Config = """{"Seed":42}""",
            Method = "ReLoRA",
            Semantics = "Exact",
            SemanticsVersion = 1,
            Seed = "9223372036854775807",
            Parameters = 11_282_784,
            TrainableParameters = 500_000,
            Steps = 200,
            TokensPerStep = 8192,
            TrainData = "aa",
            EvaluationData = "bb",
            Threads = 2,
            Device = "cpu",
            MicroBatch = 4,
            Measured = new Dictionary<string, object> { ["machine"] = "sample", ["started"] = "2026-01-01T00:00:00Z" },
        };

    public static StepRecord Step(long step) =>
        new()
        {
            Step = step,
            Tokens = step * 8192,
            Loss = 8.0 / (1 + (0.01 * step)),
            LearningRate = 1e-3 * step,
            GradientNorm = 1.5,
            Measured = new Dictionary<string, object> { ["seconds"] = 0.25, ["tokens_per_second"] = 32768.0 },
        };

    public static SpikeRecord Spike() =>
        new()
        {
            Step = 73,
            Phase = "recovered",
            First = 60,
            Steps = 13,
            Mean = 5.5,
            Deviation = 0.05,
            Loss = 5.6,
            Peak = 9.25,
        };

    public static ResetRecord Reset(int number) =>
        new()
        {
            Step = number * 50,
            Number = number,
            Semantics = "Exact",
            PreservesFunction = true,
            Jump = 1.25e-6,
            Noise = 1e-6,
            JumpBound = 4e-6,
            Lost = 2e-4,
            LostBound = 1e-3,
            LostTestable = true,
            TrainingJump = double.NaN,
            MergeError = 5e-8,
            MergeBound = Math.ScaleB(1, -23),
            UpdateNorm = 12.5,
            StateCleared = 1,
            GradientA = 0,
            GradientB = 0.75,
            AdapterRank = 8,
            LearningRateBefore = 9e-4,
            LearningRateAfter = 1e-5,
            Verdict = "kept",
            Layers = [new("layers.0.attention.q_proj", 5e-8, 8), new("layers.0.swiglu.w_0", 4e-8, 9.5)],
            Measured = new Dictionary<string, object> { ["seconds"] = 1.5 },
        };

    /// <summary>With the keys that later versions added.</summary>
    public static ResetRecord FullReset() =>
        Reset(1) with
        {
            WeightsHash = new string('a', 64),
            NormA = 3.5,
            NormB = 0,
            DeadAdapters = "layers.0.attention.q_proj,layers.0.swiglu.w_0",
        };

    public static EvalRecord Eval(long step) =>
        new()
        {
            Step = step,
            Tokens = step * 8192,
            Name = "perplexity",
            Loss = 3,
            Perplexity = Math.Exp(3),
            MacroLoss = 3.5,
            MacroPerplexity = Math.Exp(3.5),
            Domains = [new("fiction", 2.5, Math.Exp(2.5), 3000), new("news", 4.5, Math.Exp(4.5), 1000)],
            Measured = new Dictionary<string, object> { ["seconds"] = 2.5 },
        };

    public static PairsRecord Pairs(long step) =>
        new()
        {
            Step = step,
            Tokens = step * 8192,
            Name = "english",
            Accuracy = 0.625,
            Phenomena = [new("anaphor_agreement", 75, 0, 100), new("determiner_noun_agreement", 50, 2, 100)],
            Measured = new Dictionary<string, object> { ["seconds"] = 1.5 },
        };

    public static TaskRecord Task(long step) =>
        new()
        {
            Step = step,
            Tokens = step * 8192,
            Name = "blimp",
            Data = "english",
            Moment = "step",
            Items = 200,
            Figures =
            [
                new("overall", "", "accuracy", 0.625, 200, 125),
                new("domain", "novels", "perplexity", 55.5, 12, null),
            ],
            Measured = new Dictionary<string, object> { ["seconds"] = 1.5 },
        };

    public static ProbeRecord Probe(long step) =>
        new()
        {
            Step = step,
            Tokens = step * 8192,
            Name = "condition_number/cumulative_update",
            Metric = "condition_number",
            Of = "cumulative_update",
            Moment = "before_reset",
            Values =
            [
                new("layers.0.attention.q_proj", 12.5, ""),
                new("layers.0.attention.k_proj", double.NaN, "zero matrix"),
            ],
            Measured = new Dictionary<string, object> { ["seconds"] = 0.25 },
        };

    public static IReadOnlyList<LogRecord> EveryKind() =>
        [
            .. WholeRun(1).DistinctBy(record => record.Kind),
            Pairs(1),
            Eval(1) with
            {
                Moment = "before_reset",
            },
            Pairs(1) with
            {
                Moment = "after_reset",
            },
            Task(1),
            Probe(1),
            FullReset(),
            Spike(),
            Step(1) with
            {
                Skipped = true,
            },
        ];

    /// <summary>Written into the fixtures of format 1, so that it must stay as it is.</summary>
    public static IReadOnlyList<LogRecord> WholeRun(int steps = 70) =>
        [
            Run(),
            Eval(0),
            .. Enumerable.Range(1, steps).Select(step => Step(step)),
            Reset(1),
            new CheckpointRecord
            {
                Step = steps,
                Path = $"checkpoints/step_{steps}",
                Measured = new Dictionary<string, object> { ["bytes"] = 123_456_789_012L, ["seconds"] = 0.5 },
            },
            new NoteRecord { Text = "stopped by SIGTERM" },
            Eval(steps),
            new EndRecord
            {
                Step = steps,
                Tokens = steps * 8192,
                Outcome = "finished",
                Loss = 3.25,
                Measured = new Dictionary<string, object> { ["peak_memory_bytes"] = 1_000_000L, ["seconds"] = 20 },
            },
        ];
}
