/// How sure a share of successes is.
module internal ReLoRA.Analysis.Report.Wilson

/// Wilson's 95 % interval of a proportion; NaN where nothing was counted.
let interval (successes: int64) (trials: int64) =
    if trials <= 0L then
        nan, nan
    else
        let z = 1.959963984540054
        let n = float trials
        let p = float successes / n
        let scale = 1.0 + z * z / n
        let centre = (p + z * z / (2.0 * n)) / scale
        let half = z * sqrt (p * (1.0 - p) / n + z * z / (4.0 * n * n)) / scale
        max 0.0 (centre - half), min 1.0 (centre + half)
