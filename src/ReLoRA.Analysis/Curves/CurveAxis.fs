namespace ReLoRA.Analysis.Curves

/// What curves are drawn over.
type CurveAxis =
    /// Completed steps.
    | Steps = 0
    /// Tokens trained on so far.
    | Tokens = 1
    /// Floating-point operations of training so far.
    | Operations = 2
    /// Seconds of training so far: of evaluations, probes and checkpoints none.
    | Seconds = 3
