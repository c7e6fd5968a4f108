namespace ReLoRA.Analysis.Inference

open System
open ReLoRA.Analysis
open ReLoRA.Analysis.Paired

/// Bootstrap intervals of any figure of items that are drawn anew with replacement, as many as there are. The figure gets the numbers of the
/// items drawn, so that what belongs together, such as a seed's two losses, is drawn together.
[<AbstractClass; Sealed>]
type Resampling =
    static member private Require(count: int, resamples: int, confidence: float) =
        if count < 2 then
            invalidArg (nameof count) $"{count} items; allowed: at least 2. One item says nothing of others."

        if resamples < 1 then
            invalidArg (nameof resamples) $"{resamples} resamples; allowed: at least 1"

        if not (confidence > 0.0 && confidence < 1.0) then
            invalidArg (nameof confidence) $"the confidence is {confidence}; allowed: between 0 and 1"

    static member private Figures(count: int, figure: Func<int[], float>, resamples: int, seed: uint64) =
        let draws = Draws seed
        Array.init resamples (fun _ -> figure.Invoke(Array.init count (fun _ -> draws.Below count)))

    /// <summary>The percentile interval (Efron 1979). Of few items it is too narrow: docs/analysis.md says by how much.</summary>
    /// <param name="count">The items.</param>
    /// <param name="figure">The figure of the items with these numbers, from 0.</param>
    /// <param name="confidence">For example 0.95.</param>
    /// <param name="resamples">How often to draw, for example 2000.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    static member Percentile
        (count: int, figure: Func<int[], float>, confidence: float, resamples: int, seed: uint64)
        : Interval =
        Resampling.Require(count, resamples, confidence)

        Resampling.Figures(count, figure, resamples, seed)
        |> Interval.percentile confidence (figure.Invoke [| 0 .. count - 1 |])

    /// <summary>
    /// The interval that is corrected for bias and skewness, BCa (Efron, "Better bootstrap confidence intervals", JASA 82, 1987): the percentiles
    /// are moved by how far the figure lies from the middle of the resamples and by the jackknife's skewness.
    /// </summary>
    /// <param name="count">The items.</param>
    /// <param name="figure">The figure of the items with these numbers, from 0; also of all but one.</param>
    /// <param name="confidence">For example 0.95.</param>
    /// <param name="resamples">How often to draw, for example 2000.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    static member Bca
        (count: int, figure: Func<int[], float>, confidence: float, resamples: int, seed: uint64)
        : Interval =
        Resampling.Require(count, resamples, confidence)
        let found = figure.Invoke [| 0 .. count - 1 |]
        let sorted = Resampling.Figures(count, figure, resamples, seed) |> Array.sort

        let without =
            Array.init count (fun left ->
                figure.Invoke(Array.init (count - 1) (fun item -> if item < left then item else item + 1)))

        let deviations = without |> Array.map (fun value -> Array.average without - value)
        let squares = deviations |> Array.sumBy (fun deviation -> deviation * deviation)

        let acceleration =
            if squares > 0.0 then
                (deviations |> Array.sumBy (fun deviation -> deviation ** 3.0))
                / (6.0 * squares ** 1.5)
            else
                0.0

        let counted sign =
            sorted |> Array.filter (fun value -> sign value found) |> Array.length |> float

        // Half of those that equal it count as below; at least half a resample lies on either side, so that the bias stays a number.
        let share = (counted (<) + 0.5 * counted (=)) / float resamples
        let least = 0.5 / float resamples
        let bias = Normal.quantile (min (1.0 - least) (max least share))

        let moved probability =
            let z = bias + Normal.quantile probability
            Normal.cumulative (bias + z / (1.0 - acceleration * z))

        {
            Value = found
            Low = Interval.quantile sorted (moved (0.5 - confidence / 2.0))
            High = Interval.quantile sorted (moved (0.5 + confidence / 2.0))
        }
