namespace ReLoRA.Analysis.Scaling

/// How a fit weighs residuals of ln L.
type ScalingLoss =
    /// Squares.
    | Squares = 0
    /// Huber's with δ = 0.001, as Hoffmann et al. (2022) fit: single runs that are off count little.
    | Huber = 1
