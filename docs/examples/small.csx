// Half a minute of training to try the examples of docs/analysis.md on: full rank and ReLoRA, three seeds, 60 steps each.
var start = Presets.Nano with
{
    Model = Presets.Nano.Model with { Width = 16, Layers = 1, HiddenWidth = 24 },
    LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA, Rank = 4, ResetEvery = 15 },
    Schedule = new ScheduleConfig { WarmupSteps = 5, RestartWarmupSteps = 2 },
    Data = Presets.Nano.Data with { BatchSize = 2 },
    Budget = new BudgetConfig { Steps = 60 },
    Evaluation = Presets.Nano.Evaluation with { Pairs = "", Every = 20, MaxRows = 2 },
    Checkpoint = new CheckpointConfig { Every = 30 },
};

Sweep("small", start).Baseline().Seeds(count: 3);
