namespace ReLoRA.Analysis

open System

/// The mean of paired differences, and what it may be in truth.
type PairedDifference =
    {
        /// Pairs counted.
        Pairs: int
        /// The mean difference.
        Mean: float
        /// The interval's lower end; NaN for fewer than two pairs.
        Low: float
        /// The interval's upper end; NaN for fewer than two pairs.
        High: float
    }

/// A share that was counted, and what it may be in truth.
type Proportion =
    {
        /// The share found.
        Value: float
        /// The interval's lower end.
        Low: float
        /// The interval's upper end.
        High: float
    }

/// What is computed from a handful of seeds.
module Statistics =
    /// The arithmetic mean; NaN of nothing.
    let mean (values: float[]) =
        if values.Length = 0 then nan else Array.average values

    /// The sample standard deviation (n - 1); NaN for fewer than two values.
    let sampleDeviation (values: float[]) =
        if values.Length < 2 then
            nan
        else
            let centre = mean values
            let squares = values |> Array.sumBy (fun value -> (value - centre) ** 2.0)
            sqrt (squares / float (values.Length - 1))

    /// The median; NaN of nothing.
    let median (values: float[]) =
        if values.Length = 0 then
            nan
        else
            let sorted = Array.sort values
            0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2])

    /// The mean difference of pairs (value, its baseline's value) with Student's interval at a confidence such as 0.95.
    let pairedDifference (confidence: float) (pairs: (float * float)[]) =
        let differences = pairs |> Array.map (fun (value, baseline) -> value - baseline)
        let count = differences.Length
        let centre = mean differences

        let half =
            if count < 2 then
                nan
            else
                StudentT.quantile (float (count - 1)) (0.5 + confidence / 2.0)
                * sampleDeviation differences
                / sqrt (float count)

        {
            Pairs = count
            Mean = centre
            Low = centre - half
            High = centre + half
        }

    /// The share correct / count with Wilson's 95 % score interval (Wilson 1927); NaN of nothing.
    let wilson (correct: int64) (count: int64) =
        // The normal distribution's 0.975 quantile.
        let z = 1.959963984540054
        let n = float count
        let share = float correct / n
        let centre = (share + z * z / (2.0 * n)) / (1.0 + z * z / n)

        let half =
            z / (1.0 + z * z / n) * sqrt (share * (1.0 - share) / n + z * z / (4.0 * n * n))

        if count = 0L then
            { Value = nan; Low = nan; High = nan }
        else
            {
                Value = share
                Low = max 0.0 (centre - half)
                High = min 1.0 (centre + half)
            }
