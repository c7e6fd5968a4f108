namespace ReLoRA.Analysis.Inference

/// How large a difference is beside the spread of the differences, with its interval; NaN where fewer than two pairs or no spread leave none.
type EffectSize =
    {
        /// Pairs counted.
        Pairs: int
        /// The mean difference over the differences' sample deviation, Cohen's d_z.
        Cohen: float
        /// The same without its bias at few pairs: Hedges' g.
        Hedges: float
        /// The lower end of the exact interval of the true effect, which has no bias to correct.
        Low: float
        /// Its upper end.
        High: float
    }
