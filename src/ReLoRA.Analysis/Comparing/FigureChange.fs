namespace ReLoRA.Analysis.Comparing

/// A figure of an arm on both sides, paired by seed.
type FigureChange =
    {
        /// The arm, by its name in A.
        Arm: string
        /// What it is.
        Figure: string
        /// Whether Change is the geometric mean of B / A; else the mean of B - A.
        IsRatio: bool
        /// Pairs of cells that both have it.
        Pairs: int
        /// The mean on side A.
        A: float
        /// The mean on side B.
        B: float
        /// Whether every pair has the same figure to the last bit.
        Equal: bool
        /// The change.
        Change: float
        /// The lower end of Student's 95 % interval; NaN for fewer than two pairs.
        Low: float
        /// Its upper end.
        High: float
    }
