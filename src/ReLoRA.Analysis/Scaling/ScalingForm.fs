namespace ReLoRA.Analysis.Scaling

/// The curve that is fitted.
type ScalingForm =
    /// L(N) = A N^-α.
    | PowerLaw = 0
    /// L(N) = E + A N^-α: with the loss that no size goes below.
    | PowerLawWithFloor = 1
