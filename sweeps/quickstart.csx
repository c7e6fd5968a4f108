// Does ReLoRA keep up with full-rank training, and does it matter how its resets are done?
//
// Cells:    6 cells: full rank, ReLoRA with exact resets, ReLoRA as the published code resets on one GPU; two seeds each.
// Tokens:   4.4 M tokens: 360 steps of 2,048 tokens a cell, with four resets.
// Expected: under 5 minutes on two CPU cores.
// Verdict:  not yet run.

var nano = Presets.Nano with
{
    LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA },
    Schedule = Presets.Nano.Schedule with { Kind = ScheduleKind.JaggedCosine },
};

Sweep("quickstart", nano)
    // Every combination of the values given runs once.
    .Grid(c => c.LowRank.Semantics, ResetSemantics.Exact, ResetSemantics.PaperSingleGpu)
    // Each cell is compared with full-rank training on the same tokens, in the same order, from the same seed.
    .Baseline(c => c with { LowRank = new(), Schedule = c.Schedule with { Kind = ScheduleKind.Cosine } })
    .Seeds(count: 2)
    .Budget(tokens: 5_000_000);
