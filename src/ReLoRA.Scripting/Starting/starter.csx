// QUESTION: what do you want to know? One sentence.
//
// Cells:    4 cells: full rank and ReLoRA at three ranks, one seed. About two minutes on two CPU cores.
// Verdict:  not run yet.
//
//   relora check {file}      is it sound?
//   relora plan {file}       what would it train?
//   relora run {file}        trains it; run it again to go on
//   relora run {file} -- --seeds 3

var seeds = args.Contains("--seeds") ? int.Parse(args[args.ToList().IndexOf("--seeds") + 1]) : 1;

var start = Presets.Nano with
{
    LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA },
    Schedule = Presets.Nano.Schedule with { Kind = ScheduleKind.JaggedCosine },
    Budget = Presets.Nano.Budget with { Tokens = 160 * Presets.Nano.TokensPerStep },
};

Sweep("{name}", start)
    .Grid(c => c.LowRank.Rank, 4, 8, 16)
    .Baseline()
    .Seeds(count: seeds)
    .Probe(
        EffectiveRank(every: 40, of: ProbeTarget.CumulativeUpdate),
        // A figure of your own, of each linear that the pattern names: the share of the largest direction.
        Measure(
            "top_share",
            every: 40,
            on: "*.attention.*",
            p => p.Update.SingularValues()[0] / p.Update.SingularValues().Sum()
        )
    );
