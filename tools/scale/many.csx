// A sweep as large as a script may declare, to measure what reads it: never meant to be trained.
//   many.csx CELLS STEPS, of which a fifth are the full-rank partners of the others.

var cells = args.Count > 0 ? int.Parse(args[0]) : 10_000;
var steps = args.Count > 1 ? int.Parse(args[1]) : 20_000;
var seeds = cells / 50;

var low = Presets.Nano with
{
    LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA },
    Schedule = Presets.Nano.Schedule with { Kind = ScheduleKind.JaggedCosine },
    Budget = new() { Steps = steps },
};

Sweep("many", low)
    .Grid(c => c.LowRank.Rank, 2, 4, 8, 16)
    .Grid(c => c.Optimizer.LearningRate, Enumerable.Range(1, 10).Select(i => i * 1e-3).ToArray())
    .Baseline()
    .Seeds(count: seeds);
