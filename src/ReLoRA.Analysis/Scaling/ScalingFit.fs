namespace ReLoRA.Analysis.Scaling

open System
open ReLoRA.Analysis.Paired

/// The loss as a function of size. Intervals are the bootstrap's over seeds: they tell what other seeds would change, and not whether the form
/// is right.
type ScalingFit =
    {
        /// The curve.
        Form: ScalingForm
        /// E, the loss that no size goes below; 0 without a floor.
        Floor: Interval
        /// A.
        Scale: Interval
        /// α.
        Exponent: Interval
        /// The sizes fitted, ascending.
        Sizes: float[]
        /// The root of the mean square of what the fit leaves of ln L.
        Residual: float
        /// What the fit cannot tell.
        Warnings: string[]
        /// E, A and α of each resample; empty where there are too few seeds.
        Resampled: struct (float * float * float)[]
    }

    static member private Value(struct (floor, scale, exponent), size: float) = floor + scale * size ** -exponent

    /// <summary>The loss expected of a size, with its interval.</summary>
    /// <param name="size">The size, above 0.</param>
    member fit.Predict(size: float) : ScalingPrediction =
        let found =
            ScalingFit.Value(struct (fit.Floor.Value, fit.Scale.Value, fit.Exponent.Value), size)

        let interval =
            if fit.Resampled.Length = 0 then
                { Value = found; Low = nan; High = nan }
            else
                fit.Resampled
                |> Array.map (fun resampled -> ScalingFit.Value(resampled, size))
                |> Interval.percentile 0.95 found

        let first, last = fit.Sizes[0], Array.last fit.Sizes

        let warning =
            if size > last then
                $"{size / last:F1} times the largest size fitted: an extrapolation, which trusts the form beyond what was measured"
            elif size < first then
                $"{first / size:F1} times below the smallest size fitted: an extrapolation, which trusts the form beyond what was measured"
            else
                ""

        {
            Size = size
            Loss = found
            Low = interval.Low
            High = interval.High
            Warning = warning
        }

    static member private Require(form: ScalingForm, points: ScalingPoint[], sizes: float[]) =
        if
            points
            |> Array.exists (fun point ->
                not (
                    point.Size > 0.0
                    && Double.IsFinite point.Size
                    && point.Loss > 0.0
                    && Double.IsFinite point.Loss
                ))
        then
            invalidArg (nameof points) "a size or loss is not a finite number above 0: leave out runs that diverged"

        let needed = if form = ScalingForm.PowerLaw then 3 else 4

        if sizes.Length < needed then
            let unknowns = needed - 1

            let word =
                if sizes.Length = 1 then
                    "1 size"
                else
                    $"{sizes.Length} sizes"

            let remedy =
                if sizes.Length = 3 then
                    " Fit the power law without floor, or train one more size."
                else
                    " Train more sizes."

            invalidArg
                (nameof points)
                $"{word} for the {unknowns} unknowns of {form}; allowed: at least {needed}. Through {unknowns} sizes the curve passes whatever they are, so that nothing shows whether it is the right one.{remedy}"

    /// Draws runs anew within each size; where every size has the same seeds, seeds, so that what a seed does to all sizes stays together.
    static member private Draw(draws: Draws, bySize: (float * ScalingPoint[])[], seeds: string[], areCommon: bool) =
        if areCommon then
            let drawn = Array.init seeds.Length (fun _ -> seeds[draws.Below seeds.Length])

            bySize
            |> Array.collect (fun (_, points) ->
                drawn
                |> Array.map (fun seed -> points |> Array.find (fun point -> point.Seed = seed)))
        else
            bySize
            |> Array.collect (fun (_, points) -> Array.init points.Length (fun _ -> points[draws.Below points.Length]))

    /// <summary>Fits a curve.</summary>
    /// <param name="points">The runs: at least 3 sizes, and 4 for a floor.</param>
    /// <param name="form">The curve.</param>
    /// <param name="loss">How residuals of ln L are weighed.</param>
    /// <param name="resamples">How often seeds are drawn anew, for example 1000.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <exception cref="T:System.ArgumentException">Too few sizes, or a run without a finite loss.</exception>
    static member Of
        (points: ScalingPoint[], form: ScalingForm, loss: ScalingLoss, resamples: int, seed: uint64)
        : ScalingFit =
        let bySize = points |> Array.groupBy _.Size |> Array.sortBy fst
        let sizes = bySize |> Array.map fst
        ScalingFit.Require(form, points, sizes)

        let solve (chosen: ScalingPoint[]) =
            let found =
                ScalingSolver.fit form loss (chosen |> Array.map _.Size) (chosen |> Array.map _.Loss)

            struct (exp found.LogFloor, exp found.LogScale, found.Exponent)

        let seedsOf (runs: ScalingPoint[]) =
            runs |> Array.map _.Seed |> Array.distinct |> Array.sort

        let seeds = seedsOf points

        let areCommon =
            bySize
            |> Array.forall (fun (_, runs) -> seedsOf runs = seeds && runs.Length = seeds.Length)

        let fewest = bySize |> Array.map (fun (_, runs) -> runs.Length) |> Array.min
        let struct (floor, scale, exponent) = solve points

        let resampled =
            if fewest < 2 then
                [||]
            else
                let draws = Draws seed
                Array.init resamples (fun _ -> ScalingFit.Draw(draws, bySize, seeds, areCommon) |> solve)

        let interval value (choose: struct (float * float * float) -> float) =
            if resampled.Length = 0 then
                { Value = value; Low = nan; High = nan }
            else
                resampled |> Array.map choose |> Interval.percentile 0.95 value

        let left (point: ScalingPoint) =
            log (ScalingFit.Value(struct (floor, scale, exponent), point.Size))
            - log point.Loss

        {
            Form = form
            Floor = interval floor (fun struct (e, _, _) -> e)
            Scale = interval scale (fun struct (_, a, _) -> a)
            Exponent = interval exponent (fun struct (_, _, x) -> x)
            Sizes = sizes
            Residual = sqrt (points |> Array.averageBy (fun point -> left point ** 2.0))
            Warnings =
                [|
                    if fewest < 2 then
                        "A size has one run only: there are no intervals, and what another seed would change is not known."
                    elif fewest < 5 then
                        $"A size has {fewest} runs: the bootstrap's intervals over so few seeds are too narrow."
                    if sizes[sizes.Length - 1] < 10.0 * sizes[0] then
                        $"The sizes span a factor of {sizes[sizes.Length - 1] / sizes[0]:F1}: over less than 10 many exponents fit about as well."
                    if form = ScalingForm.PowerLaw then
                        "Without a floor the exponent is that of this range of sizes, and falls as the sizes grow."
                    if floor > 0.0 && floor < 0.05 * (points |> Array.map _.Loss |> Array.min) then
                        "The floor is next to nothing: the sizes do not tell it from none."
                |]
            Resampled = resampled
        }
