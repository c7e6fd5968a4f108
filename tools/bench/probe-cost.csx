// What do probes cost beside training?
//
// Cells:    2 cells: PicoSmall at full rank and with ReLoRA, 12 steps of 2,048 tokens; each probe measures at one step.
// Expected: about 5 minutes on two CPU cores, one cell at a time. tools/bench/probe_cost.py reads the logs.
// Data:     datasets/books: docs/training-engine.md has the commands that build it.

const int Step = 8;

DeclaredProbe[] OfMatrices(ProbeTarget of) =>
    [
        EffectiveRank(of: of),
        EffectiveDirections(of: of),
        StableRank(of: of),
        NumericalRank(of: of),
        ConditionNumber(of: of),
        RawConditionNumber(of: of),
        NuclearNorm(of: of),
        SpectralNorm(of: of),
        SingularValues(of: of),
        FrobeniusNorm(of: of),
        MaxNorm(of: of),
        Gini(of: of),
        Hoyer(of: of),
    ];

Sweep(
        "probe-cost",
        Presets.PicoSmall with
        {
            LowRank = new() { ResetEvery = 100 },
            Data = new()
            {
                Train = "datasets/books/train",
                BatchSize = 8,
                SequenceLength = 256,
            },
            Schedule = new() { WarmupSteps = 2, RestartWarmupSteps = 1 },
            Budget = new() { Tokens = 12 * 8 * 256 },
            Evaluation = new() { Perplexity = "datasets/books/validation", MaxRows = 1 },
        }
    )
    .Grid(c => c.LowRank.Method, LowRankMethod.FullRank, LowRankMethod.ReLoRA)
    .Probe([
        .. new[] { ProbeTarget.Weight, ProbeTarget.CumulativeUpdate, ProbeTarget.Adapter }
            .SelectMany(OfMatrices)
            .Append(UpdateRatio())
            .Append(SubspaceOverlap())
            .Append(PrincipalAngles())
            .Append(EffectiveRank(of: ProbeTarget.OvCircuit))
            .Append(EffectiveRank(of: ProbeTarget.QkCircuit))
            .Append(EffectiveRank(of: ProbeTarget.Gradient))
            .Append(GradientNoiseScale())
            .Append(Anisotropy())
            .Append(Cka())
            .Append(Pwcca())
            .Append(AttentionEntropy())
            .Select(probe => probe.At(Step)),
    ]);
