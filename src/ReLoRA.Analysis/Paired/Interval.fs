namespace ReLoRA.Analysis.Paired

open System

/// A figure, and what it may be in truth.
type Interval =
    {
        /// The figure found.
        Value: float
        /// The interval's lower end.
        Low: float
        /// The interval's upper end.
        High: float
    }

module internal Interval =
    /// The quantile of sorted values, interpolated linearly between the two next to it (Hyndman and Fan's definition 7).
    let quantile (sorted: float[]) (probability: float) =
        let place = probability * float (sorted.Length - 1)
        let below = int (floor place)
        let above = min (below + 1) (sorted.Length - 1)
        let between = place - float below

        // Perplexities can exceed the largest number, and infinity less infinity is none.
        if between = 0.0 || sorted[below] = sorted[above] then
            sorted[below]
        else
            sorted[below] + between * (sorted[above] - sorted[below])

    /// The percentile interval of a bootstrap (Efron 1979): the middle share of the figures of the resamples.
    let percentile (confidence: float) (value: float) (resampled: float[]) =
        if not (confidence > 0.0 && confidence < 1.0) then
            invalidArg (nameof confidence) $"the confidence is {confidence}; allowed: between 0 and 1"

        let sorted = Array.sort resampled

        {
            Value = value
            Low = quantile sorted (0.5 - confidence / 2.0)
            High = quantile sorted (0.5 + confidence / 2.0)
        }

    /// Twice the smaller share of the resamples on one side of no difference, at most 1, the figure itself counted as one of them, so that
    /// it is never 0 (Davison and Hinkley 1997, 4.2).
    let twoSided (noDifference: float) (resampled: float[]) =
        let share beyond =
            float (1 + (resampled |> Array.filter beyond |> Array.length))
            / float (1 + resampled.Length)

        min
            1.0
            (2.0
             * min (share (fun value -> value <= noDifference)) (share (fun value -> value >= noDifference)))
