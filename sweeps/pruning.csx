// What happens to the spectrum of the updates around a merge, as the reset forgets more or less?
//
// Cells:    18: exact resets, with moments pruned at three ratios, without a second warm-up, and full rank; three seeds.
// Tokens:   8.8 M tokens: 320 steps of 1,536 tokens a cell.
// Expected: about 15 minutes on two CPU cores.
// Verdict:  not run yet.

var nano = Presets.Nano with
{
    LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA },
    Schedule = Presets.Nano.Schedule with { Kind = ScheduleKind.JaggedCosine },
};

RunConfig Pruned(RunConfig c) =>
    c with
    {
        LowRank = c.LowRank with { Semantics = c.LowRank.Semantics with { Moments = MomentReset.RandomPrune } },
    };

Sweep("pruning", nano)
    .List(c => c, Pruned, c => c with { Schedule = c.Schedule with { RestartWarmupSteps = 1 } })
    .When(
        c => c.LowRank.Semantics.Moments == MomentReset.RandomPrune,
        s => s.Grid(c => c.LowRank.Semantics.PruneRatio, 0.9, 0.99, 0.999)
    )
    .Baseline()
    .Seeds([0, 1, 2])
    .Probe(EffectiveRank(every: 40, on: "*.attention.*"), ConditionNumber(every: 40, on: "*.swiglu.*"))
    .Probe(Measure("update_ratio", every: 20, on: "*", p => p.Update.Norm() / p.Weight.Norm()))
    .Probe(
        Measure(
            "top",
            every: 40,
            on: "*.attention.*",
            p => p.Update.SingularValues()[0] / p.Update.SingularValues().Sum()
        )
    );
