namespace ReLoRA.Analysis

/// One cell. Figures that the log does not hold are NaN, texts empty.
type CellRow =
    {
        /// The cell's id.
        Cell: string
        /// Its name within the sweep; its id outside of one.
        Label: string
        /// Its name without the seed; its id outside of a sweep.
        Arm: string
        /// Its seed, in decimal digits.
        Seed: string
        /// The id of the cell that it is compared with, or empty.
        Baseline: string
        /// FullRank or ReLoRA.
        Method: string
        /// The resets' semantics.
        Semantics: string
        /// "not started", "unfinished", "finished", "diverged", or "unreadable" where the log is none that this version reads.
        State: string
        /// Completed steps, as the end's record says; before the end, those that the log holds.
        LastStep: int64
        /// Steps of the whole run.
        Steps: int64
        /// Parameters of the model without adapters.
        Parameters: int64
        /// Parameters that receive updates.
        TrainableParameters: int64
        /// Seconds of all sittings.
        Seconds: float
        /// Median of the steps' rates.
        TokensPerSecond: float
        /// The worker's largest memory.
        PeakMemoryBytes: float
        /// Floating-point operations of a token's training as the run began; NaN where the log does not tell.
        OperationsPerToken: float
        /// Operations spent on training; NaN before the end, or where the log does not tell.
        TrainingOperations: float
        /// What was left out of the log since it is damaged, and why; or why it cannot be read; else empty.
        Damage: string
    }

/// One optimizer step.
type StepRow =
    {
        /// The cell's id.
        Cell: string
        /// The step's number, from 1.
        Step: int64
        /// Tokens trained on so far.
        Tokens: int64
        /// Mean training loss, nats per token.
        Loss: float
        /// The learning rate of this update.
        LearningRate: float
        /// The gradient's norm before clipping.
        GradientNorm: float
        /// The step's duration.
        Seconds: float
        /// The step's rate.
        TokensPerSecond: float
        /// Seconds of training so far, this step's included; evaluations, probes and checkpoints are not among them. NaN where a
        /// step does not tell, and behind a gap in the steps' numbers: what lost steps took is not known.
        SecondsSoFar: float
        /// Operations of training so far: tokens times the run's operations of a token; NaN where the log does not tell.
        Operations: float
    }

/// One reset: docs/log-format.md says what each figure is.
type ResetRow =
    {
        Cell: string
        Step: int64
        Number: int
        Semantics: string
        PreservesFunction: bool
        Jump: float
        Noise: float
        JumpBound: float
        Lost: float
        LostBound: float
        LostTestable: bool
        TrainingJump: float
        MergeError: float
        MergeBound: float
        UpdateNorm: float
        StateCleared: float
        GradientA: float
        GradientB: float
        AdapterRank: float
        /// Smallest rank of an adapter from this reset on; 0 where the log does not tell it.
        LowestRank: int
        /// Largest rank of an adapter from this reset on; 0 where the log does not tell it.
        HighestRank: int
        LearningRateBefore: float
        LearningRateAfter: float
        Verdict: string
        Seconds: float
    }

/// What one linear's adapter had learned when a reset merged it.
type SpectrumRow =
    {
        /// The cell's id.
        Cell: string
        /// Completed steps.
        Step: int64
        /// The reset's number.
        Number: int
        /// The linear's name.
        Layer: string
        /// The adapter's rank from now on; 0 where the log does not tell it.
        Rank: int
        /// Singular values of the update that should have been merged, in descending order.
        Values: float[]
    }

/// One figure of one evaluation on a task: docs/evaluators.md.
type TaskRow =
    {
        /// The cell's id.
        Cell: string
        /// Completed steps.
        Step: int64
        /// Tokens trained on so far.
        Tokens: int64
        /// The evaluator, for example blimp.
        Task: string
        /// The data's name.
        Data: string
        /// step, before_reset or after_reset.
        Moment: string
        /// overall, paradigm, domain and so on.
        Group: string
        /// The group's name; empty for the whole.
        Name: string
        /// What the figure is, for example accuracy.
        Metric: string
        /// The figure.
        Value: float
        /// Items it was made of.
        Items: int64
        /// How many of them are right; -1 where that is no question.
        Correct: int64
    }

/// One evaluation. Losses in nats per token.
type EvalRow =
    {
        Cell: string
        Step: int64
        Tokens: int64
        Name: string
        Loss: float
        Perplexity: float
        MacroLoss: float
        MacroPerplexity: float
        Seconds: float
    }

/// One phenomenon of one evaluation on minimal pairs.
type PairsRow =
    {
        Cell: string
        Step: int64
        Tokens: int64
        Phenomenon: string
        /// What kind of phenomenon it is; the phenomenon itself where the log names none.
        Term: string
        Correct: int64
        Ties: int64
        Pairs: int64
        /// Which pairs are right, in the suite's order; empty where the log does not tell.
        Right: bool[]
    }

/// One domain of one evaluation.
type DomainRow =
    {
        Cell: string
        Step: int64
        Evaluation: string
        Domain: string
        Loss: float
        Perplexity: float
        Tokens: int64
        /// Each row's loss, summed over its tokens, in nats; empty where the log does not tell.
        RowNats: float[]
    }

/// One figure of one linear by one probe: docs/probes.md.
type ProbeRow =
    {
        /// The cell's id.
        Cell: string
        /// Completed steps.
        Step: int64
        /// Tokens trained on so far.
        Tokens: int64
        /// The probe's name, unique in a cell.
        Name: string
        /// What is computed, for example effective_rank.
        Metric: string
        /// What it is computed of: weight or cumulative_update.
        Of: string
        /// step, before_reset or after_reset.
        Moment: string
        /// The linear's name.
        Layer: string
        /// The figure; NaN where it does not exist.
        Value: float
        /// Why it does not exist or means little, or empty.
        Finding: string
    }
