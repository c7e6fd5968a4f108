namespace ReLoRA.Analysis.Paired

open System

/// How the ratios of parts are put together.
type PartsMean =
    /// The arithmetic mean.
    | Arithmetic = 0
    /// The geometric mean.
    | Geometric = 1

/// Items that are drawn anew together: a ratio of two sums over them.
type RatioItems =
    {
        /// Of each item, for example its negative logarithm of probability.
        Numerators: float[]
        /// Of each item, for example its tokens.
        Denominators: float[]
    }

/// Percentile bootstrap of ratios of sums.
[<AbstractClass; Sealed>]
type Bootstrap =
    /// Resamples of an interval of 95 %: its ends then move by about a twentieth of the interval from seed to seed.
    static member val DefaultResamples = 2000

    static member private Require(parts: RatioItems[], resamples: int) =
        if
            parts.Length = 0
            || parts |> Array.exists (fun part -> part.Numerators.Length = 0)
        then
            invalidArg (nameof parts) "a part has no items; allowed: at least one item in each of at least one part"

        if
            parts
            |> Array.exists (fun part -> part.Numerators.Length <> part.Denominators.Length)
        then
            invalidArg (nameof parts) "an item lacks its numerator or denominator"

        if resamples < 1 then
            invalidArg (nameof resamples) $"{resamples} resamples; allowed: at least 1"

    /// The ratio of the sums over items drawn with replacement, as many as there are. Where what is drawn has no denominator (a sample of
    /// documents without a word), it is drawn again: such a sample has no figure.
    static member internal Draw(draws: Draws, part: RatioItems) =
        let count = part.Numerators.Length

        let rec draw () =
            let mutable above = 0.0
            let mutable below = 0.0

            for _ in 1..count do
                let item = draws.Below count
                above <- above + part.Numerators[item]
                below <- below + part.Denominators[item]

            if below = 0.0 then draw () else above / below

        draw ()

    static member private Combine(exponential: bool, mean: PartsMean, ratios: float[]) =
        match exponential, mean with
        | true, PartsMean.Geometric -> exp (Array.average ratios)
        | true, _ -> ratios |> Array.averageBy exp
        | false, PartsMean.Geometric -> exp (ratios |> Array.averageBy log)
        | false, _ -> Array.average ratios

    /// <summary>
    /// The interval of <c>mean over parts of f(sum of numerators / sum of denominators)</c>: items are drawn anew within each part.
    /// </summary>
    /// <param name="parts">The parts, for example a domain's documents each.</param>
    /// <param name="exponential">Whether <c>f</c> is the exponential, else nothing is done.</param>
    /// <param name="mean">How parts are put together.</param>
    /// <param name="confidence">For example 0.95.</param>
    /// <param name="resamples">How often items are drawn anew.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    static member OfRatios
        (parts: RatioItems[], exponential: bool, mean: PartsMean, confidence: float, resamples: int, seed: uint64)
        : Interval =
        Bootstrap.Require(parts, resamples)

        if parts |> Array.exists (fun part -> Array.sum part.Denominators = 0.0) then
            invalidArg (nameof parts) "the denominators of a part are 0 in sum"

        let draws = Draws seed

        let found =
            parts
            |> Array.map (fun part -> Array.sum part.Numerators / Array.sum part.Denominators)

        let resampled =
            Array.init resamples (fun _ ->
                Bootstrap.Combine(exponential, mean, parts |> Array.map (fun part -> Bootstrap.Draw(draws, part))))

        Interval.percentile confidence (Bootstrap.Combine(exponential, mean, found)) resampled
