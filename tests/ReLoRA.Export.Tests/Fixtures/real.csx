// Made the logs in runs/, from the repository's root: relora run tests/ReLoRA.Export.Tests/Fixtures/real.csx
var start = Presets.Nano with
{
    Model = Presets.Nano.Model with { Width = 16, Layers = 1, HiddenWidth = 24 },
    LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA, Rank = 4, ResetEvery = 10 },
    Schedule = new ScheduleConfig { WarmupSteps = 5, RestartWarmupSteps = 2 },
    Data = new DataConfig { BatchSize = 2, Train = "datasets/english/train" },
    Budget = new BudgetConfig { Tokens = 30 * 2 * 128 },
    Evaluation = new EvaluationConfig { MaxRows = 2, Perplexity = "datasets/english/validation" },
    Checkpoint = new CheckpointConfig { Every = 10 },
};

Sweep("real", start)
    .Baseline()
    .Seeds(count: 2)
    .Probe(
        EffectiveRank(every: 10),
        SingularValues(every: 30, on: "*.attention.q_proj"),
        Measure(
            "extent",
            every: 15,
            on: "*.attention.q_proj",
            p => new ProbeTable(
                ["norm", "share"],
                [
                    [p.Weight.Norm(), 1],
                    [p.Update.Norm(), double.NaN],
                ]
            )
        )
    )
    .Evaluate(
        every: 15,
        aroundResets: true,
        pairs: "datasets/english/pairs",
        tokenizer: "datasets/english/tokenizer.json",
        tasks: [new("blimp", "datasets/english/pairs") { Samples = 5 }]
    );
