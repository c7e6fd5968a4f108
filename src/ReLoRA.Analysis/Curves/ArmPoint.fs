namespace ReLoRA.Analysis.Curves

/// An arm at one place of the axis.
type ArmPoint =
    {
        /// The arm.
        Arm: string
        /// The place.
        At: float
        /// Its seeds; the same at every place.
        Seeds: int
        /// The mean over seeds.
        Mean: float
        /// The sample standard deviation over seeds; NaN for one seed.
        Deviation: float
    }
