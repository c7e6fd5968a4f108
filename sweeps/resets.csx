// What does ReLoRA do when its restarts are real?
//
// Question: at equal tokens, is ReLoRA with working resets (Exact) better or worse than full rank, and than what the published code
//           does on one GPU (PaperSingleGpu) and most likely did on several (PaperAsRun)? And which of its parts matters?
// Arms:     full rank with the cosine and with the jags; Exact, PaperSingleGpu and PaperAsRun at rank 16 (alpha = 32). A second round,
//           `parts`, changes Exact in one thing at a time, all at Exact's best rate: the merge, the first cycle and the restart as
//           published; dropout 0.1; Adam's counter cleared with the moments; no restarts at all; 400 full-rank steps first; the upper
//           half of the layers alone low-rank; rank 4.
// Model:    PicoTiny's blocks, 6 layers, vocabulary 2,048. Reset every 200 steps, warm-up 200, re-warm-up 10, Beta2 0.99.
// Tokens:   8.2 M a cell, 2,000 steps of 16 x 256, one epoch. First `screen`, one seed: an arm is run at 3e-3 and 6e-3, then at the
//           neighbour of the better one (1e-3 or 1.2e-2, then 2.4e-2 and on), so that the best rate has a worse one on either side. Then
//           `resets`: each arm at its best rate, 3 seeds. Then `parts`, in the order above, one seed of each first.
// Expected: about 27 minutes of one CPU core a cell: 20 cells for the screen, 10 for the seeds, 27 for the parts, 26 hours of one core.
// Decision: the figure is the loss on held-out novels and TinyStories at step 2,000, in evaluation mode. Two arms differ where the 95 %
//           interval of their paired difference over seeds lies wholly outside of +-0.02 nats, are alike where it lies wholly inside, and
//           are undecided otherwise. An arm's best rate is the one of the lowest figure in the screen; at an edge the screen is widened
//           by a factor of 2 until it is not. What is looked at beside this is called exploratory.
// Data:     a corpus folder as docs/experiments/resets.md builds it: --corpus DIR, default datasets/resets. --quick takes the shipped one.

var quick = args.Contains("--quick");
var corpus = args.SkipWhile(arg => arg != "--corpus").Skip(1).FirstOrDefault() ?? "datasets/resets";

var full = new RunConfig
{
    Model = new()
    {
        Layers = 6,
        VocabularySize = 2048,
        MaxSequenceLength = 256,
    },
    LowRank = new() { ResetEvery = 200 },
    Optimizer = new() { LearningRate = 3e-3, Beta2 = 0.99 },
    Schedule = new()
    {
        Kind = ScheduleKind.Cosine,
        WarmupSteps = 200,
        RestartWarmupSteps = 10,
    },
    Data = new()
    {
        Train = $"{corpus}/train",
        BatchSize = 16,
        SequenceLength = 256,
    },
    Budget = new() { Steps = 2000 },
    Evaluation = new()
    {
        Perplexity = $"{corpus}/validation",
        Tokenizer = $"{corpus}/tokenizer.json",
        Every = 400,
        Tasks =
        [
            new("perplexity", $"{corpus}/paloma") { Samples = 2 },
            new("blimp", $"{corpus}/blimp.tar.gz") { Samples = 20 },
        ],
    },
    Checkpoint = new() { Every = 200 },
};
if (quick)
    full = Presets.Nano with
    {
        LowRank = Presets.Nano.LowRank with { ResetEvery = 10 },
        Schedule = full.Schedule with { WarmupSteps = 10, RestartWarmupSteps = 2 },
        Budget = new() { Steps = 30 },
        Evaluation = Presets.Nano.Evaluation with { Every = 10, MaxRows = 4 },
        Checkpoint = new() { Every = 10 },
    };

RunConfig Jagged(RunConfig c) => c with { Schedule = c.Schedule with { Kind = ScheduleKind.JaggedCosine } };

Func<RunConfig, RunConfig> ReLoRA(ResetSemantics semantics, int rank) =>
    c =>
        Jagged(c) with
        {
            LowRank = c.LowRank with
            {
                Method = LowRankMethod.ReLoRA,
                Semantics = semantics,
                Rank = rank,
                Alpha = 2 * rank,
            },
        };

string Arm(RunConfig c) =>
    (c.LowRank.Method, c.Schedule.Kind) switch
    {
        (LowRankMethod.FullRank, ScheduleKind.JaggedCosine) => "full rank, jags",
        (LowRankMethod.FullRank, _) => "full rank",
        _ => c.LowRank.Semantics.ToString(),
    };

Func<RunConfig, RunConfig> At(Func<RunConfig, RunConfig> make, double rate) =>
    c => make(c with { Optimizer = c.Optimizer with { LearningRate = rate } });

// What an arm makes of full rank, the rates that the rule has it screened at, and the best of them once that is known. Exact at 2.4e-2 and
// PaperSingleGpu at 1.2e-2 were stopped at steps 482 and 294, after 260 and 60 steps at training losses above 6.2.
(Func<RunConfig, RunConfig> Make, double[] Screened, double? Best)[] arms =
[
    (c => c, [3e-3, 6e-3, 1.2e-2, 2.4e-2, 4.8e-2], 2.4e-2),
    (Jagged, [3e-3, 6e-3, 1.2e-2, 2.4e-2, 4.8e-2], 2.4e-2),
    (ReLoRA(ResetSemantics.Exact, 16), [3e-3, 6e-3, 1.2e-2, 2.4e-2], 1.2e-2),
    (ReLoRA(ResetSemantics.PaperSingleGpu, 16), [3e-3, 6e-3, 1.2e-2], 6e-3),
    (ReLoRA(ResetSemantics.PaperAsRun, 16), [1e-3, 3e-3, 6e-3], 3e-3),
];

DeclaredProbe[] probes =
[
    EffectiveRank(every: 200),
    ConditionNumber(every: 200),
    EffectiveRank(every: 200, of: ProbeTarget.CumulativeUpdate),
    ConditionNumber(every: 200, of: ProbeTarget.CumulativeUpdate),
];

RunConfig FullRank(RunConfig c) => At(arms[0].Make, arms[0].Best.Value)(full with { Seed = c.Seed });

Sweep("screen", full)
    .List([.. arms.SelectMany(arm => (quick ? [3e-3, 6e-3] : arm.Screened).Select(rate => At(arm.Make, rate)))])
    .Probe(probes);

Sweep("resets", full)
    .List([.. arms.Where(arm => arm.Best is not null).Select(arm => At(arm.Make, arm.Best.Value))])
    .Seeds(count: quick ? 1 : 3)
    .Baseline(FullRank)
    .Name(Arm)
    .Probe(probes);

if (arms[2].Best is { } rate)
{
    RunConfig Exact(RunConfig c) => At(ReLoRA(ResetSemantics.Exact, 16), rate)(c);
    Func<RunConfig, RunConfig> But(Func<LowRankConfig, LowRankConfig> change) =>
        c => Exact(c) with { LowRank = change(Exact(c).LowRank) };
    Func<RunConfig, RunConfig> Rule(Func<ResetSemantics, ResetSemantics> change) =>
        But(c => c with { Semantics = change(c.Semantics) });

    (string Name, Func<RunConfig, RunConfig> Make)[] parts =
    [
        ("Exact", Exact),
        ("merge without alpha/r", Rule(r => r with { Merge = MergeRule.Unscaled })),
        ("dead first cycle", Rule(r => r with { FirstCycle = AdapterStart.Dead })),
        ("adapters carried over", Rule(r => r with { Restart = RestartRule.CarriedOver })),
        ("dropout 0.1", Rule(r => r with { Dropout = 0.1 })),
        ("counter cleared", Rule(r => r with { Counter = AdamCounter.Reset })),
        ("no restarts", But(c => c with { Method = LowRankMethod.LoRA })),
        ("400 full-rank steps first", But(c => c with { WarmStartSteps = quick ? 10 : 400 })),
        (
            "lower half full rank",
            But(c => c with { Targets = quick ? ["layers.1."] : ["layers.3.", "layers.4.", "layers.5."] })
        ),
        ("rank 4", At(ReLoRA(ResetSemantics.Exact, 4), rate)),
    ];

    Sweep("parts", full)
        .List([.. parts.Select(part => part.Make)])
        .Seeds(count: quick ? 1 : 3)
        .Baseline(FullRank)
        .Name(c => parts.FirstOrDefault(part => part.Make(full).LowRank == c.LowRank).Name ?? "full rank")
        .Probe(probes);
}
