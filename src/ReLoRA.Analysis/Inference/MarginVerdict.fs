namespace ReLoRA.Analysis.Inference

/// Where an interval lies beside a margin around zero.
type MarginVerdict =
    /// There is no interval: fewer than two pairs, or a difference that is no finite number.
    | NoInterval = 0
    /// The interval crosses the margin.
    | Undecided = 1
    /// Wholly within the margin: alike.
    | Inside = 2
    /// Wholly below it: of losses, better.
    | Below = 3
    /// Wholly above it: of losses, worse.
    | Above = 4
