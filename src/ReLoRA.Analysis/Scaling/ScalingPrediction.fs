namespace ReLoRA.Analysis.Scaling

/// The loss that a fit expects of a size.
type ScalingPrediction =
    {
        /// The size.
        Size: float
        /// The loss.
        Loss: float
        /// The lower end of its interval over seeds; NaN where there is none.
        Low: float
        /// The upper end.
        High: float
        /// Says so where the size lies outside of those fitted; else empty.
        Warning: string
    }
