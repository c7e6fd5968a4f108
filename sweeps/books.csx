// Does the published tiny decoder learn on two cores what it should?
//
// Cells:    1 cell: PicoTiny at full rank, batches of 8 sequences of 256 tokens.
// Tokens:   6.1 M tokens: 3,000 steps, almost one pass over English novels and stories of the OLMo tokenizer.
// Expected: 30 to 60 minutes, depending on the processor and the threads.
// Verdict:  2026-11-24, the first 937 steps in 41 minutes on one thread: training loss 11.0 to 5.26, held-out novels from perplexity
//           60,036 to 238. docs/training-engine.md has the curve.
// Data:     datasets/books: docs/training-engine.md has the commands that build it.

Sweep(
    "books",
    Presets.PicoTiny with
    {
        Data = new()
        {
            Train = "datasets/books/train",
            BatchSize = 8,
            SequenceLength = 256,
        },
        Optimizer = new()
        {
            LearningRate = 1e-3,
            Beta2 = 0.95,
            WeightDecay = 0.1,
            ClipNorm = 1,
        },
        Schedule = new()
        {
            Kind = ScheduleKind.Cosine,
            WarmupSteps = 200,
            MinimumRatio = 0.1,
        },
        Budget = new() { Tokens = 3_000 * 8 * 256 },
        Evaluation = new()
        {
            Perplexity = "datasets/books/validation",
            Every = 250,
            MaxRows = 64,
        },
        Checkpoint = new() { Every = 200 },
    }
);
