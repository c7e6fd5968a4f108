// Does training in bfloat16-mixed precision learn what training in 32 bits learns?
//
// Cells:    4 cells: PicoTiny at full rank and with ReLoRA (exact resets), each in both precisions, from the same seed on the same rows.
// Tokens:   1 M tokens: 500 steps of 512 tokens a cell.
// Expected: 10 to 20 minutes on two CPU cores; mixed precision is fast only where the processor has avx512_bf16.
// Data:     datasets/books: docs/training-engine.md has the commands that build it.

Sweep(
        "mixed-precision",
        Presets.PicoTiny with
        {
            LowRank = new() { ResetEvery = 100 },
            Data = new()
            {
                Train = "datasets/books/train",
                BatchSize = 2,
                SequenceLength = 256,
            },
            Optimizer = new()
            {
                LearningRate = 1e-3,
                Beta2 = 0.95,
                ClipNorm = 1,
            },
            Schedule = new()
            {
                Kind = ScheduleKind.JaggedCosine,
                WarmupSteps = 50,
                RestartWarmupSteps = 10,
            },
            Budget = new() { Tokens = 500 * 2 * 256 },
            Evaluation = new()
            {
                Perplexity = "datasets/books/validation",
                Every = 100,
                MaxRows = 64,
            },
            Checkpoint = new() { Every = 250 },
        }
    )
    .Grid(c => c.LowRank.Method, LowRankMethod.ReLoRA)
    .Baseline(c => c with { LowRank = new(), Schedule = c.Schedule with { Kind = ScheduleKind.Cosine } })
    .Grid(c => c.Precision, Precision.Float32, Precision.BFloat16Mixed);
