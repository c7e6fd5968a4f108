namespace ReLoRA.Analysis.Curves

open ReLoRA.Analysis

/// An arm less its baseline at one place of the axis.
type DifferencePoint =
    {
        /// The arm.
        Arm: string
        /// The place.
        At: float
        /// The mean of the differences paired by seed, with Student's interval.
        Difference: PairedDifference
    }
