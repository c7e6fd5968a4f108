// Does a higher rank or a shorter reset interval close the gap to full-rank training?
//
// Cells:    51: ranks 4 to 32 at three reset intervals in two widths where the rank is below a quarter of the width, and full rank; three seeds.
// Tokens:   25 M tokens: 320 steps of 1,536 tokens a cell. With "-- --short" one seed of each.
// Expected: about 45 minutes on two CPU cores.
// Verdict:  not run yet.

var nano = Presets.Nano with
{
    LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA },
    Schedule = Presets.Nano.Schedule with { Kind = ScheduleKind.JaggedCosine, WarmupSteps = 16 },
};

Sweep("rank-vs-reset", nano)
    .Grid(c => c.LowRank.Rank, 4, 8, 16, 32)
    .Grid(c => c.LowRank.ResetEvery, 20, 40, 80)
    .Zip(c => c.Model.Width, c => c.Model.Heads, (64, 4), (128, 8))
    .Derive(c => c.LowRank.Alpha, c => 2.0 * c.LowRank.Rank)
    .Where(c => c.LowRank.Rank < c.Model.Width / 4)
    .Baseline()
    .Seeds(count: args.Contains("--short") ? 1 : 3)
    .Name(c =>
        c.LowRank.Method == LowRankMethod.FullRank
            ? $"full-w{c.Model.Width}"
            : $"r{c.LowRank.Rank}-k{c.LowRank.ResetEvery}-w{c.Model.Width}"
    )
    .Budget(wall: TimeSpan.FromHours(6));
