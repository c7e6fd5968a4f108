// Which learning rate does each method want, and how do they compare when each has its own, found at equal cost?
//
// Cells:    three searches, one a method, of at most 12 trials; the best of them are trained to their end.
// Tokens:   at most 1.4 M tokens a method: 180 steps of 1,536 tokens a cell, stopped after 20 or 60 where others do better.
// Expected: about 10 minutes on two busy CPU cores.
// Verdict:  2026-11-28, one seed: the best found have rates above Nano's 3e-3: full rank 5.55 at 0.026,
//           ReLoRA 5.85 at 0.0082, LoRA 5.80 at 0.0082.
//           At equal cost of tuning the low-rank methods stay behind full rank at this length.

foreach (var method in new[] { LowRankMethod.FullRank, LowRankMethod.ReLoRA, LowRankMethod.LoRA })
{
    var preset = Presets.Nano with
    {
        LowRank = Presets.Nano.LowRank with { Method = method, ResetEvery = 60 },
        Schedule = Presets.Nano.Schedule with
        {
            Kind = method == LowRankMethod.ReLoRA ? ScheduleKind.JaggedCosine : ScheduleKind.Cosine,
            WarmupSteps = 10,
        },
        Budget = new() { Tokens = 180 * 1536 },
        Checkpoint = Presets.Nano.Checkpoint with { Every = 20, Keep = 1 },
    };

    Sweep($"tune-lr-{method}", preset)
        .Range(c => c.Optimizer.LearningRate, 3e-4, 1e-1, Scale.Log)
        .Search(Tpe(trials: args.Contains("--quick") ? 3 : 12).With(Asha(minTokens: 20 * 1536, eta: 3)))
        .Evaluate(every: 20, maxRows: 60, pairs: "")
        .Budget(tokens: 1_400_000);
}
