namespace ReLoRA.Analysis.Curves

open System

/// One run's figure along an axis. Between its points it is a straight line; outside of them it is not known.
type Curve =
    {
        /// The cell's id.
        Cell: string
        /// Its arm.
        Arm: string
        /// Its seed.
        Seed: string
        /// The id of its baseline, or empty.
        Baseline: string
        /// Where the points lie, ascending; at least one.
        At: float[]
        /// The figure at each.
        Values: float[]
    }

    /// Where the curve begins.
    member curve.First = curve.At[0]

    /// Where it ends.
    member curve.Last = curve.At[curve.At.Length - 1]

    /// <summary>Whether the curve is known here.</summary>
    /// <param name="at">A place on the axis.</param>
    member curve.Covers(at: float) = curve.First <= at && at <= curve.Last

    /// <summary>The figure here, on the straight line between the points on either side.</summary>
    /// <param name="at">A place that the curve covers.</param>
    /// <exception cref="T:System.ArgumentOutOfRangeException">The curve does not reach there: nothing is extrapolated.</exception>
    member curve.ValueAt(at: float) : float =
        if not (curve.Covers at) then
            raise (
                ArgumentOutOfRangeException(
                    nameof at,
                    at,
                    $"the curve of cell {curve.Cell} is known from {curve.First:R} to {curve.Last:R}, and is not extrapolated"
                )
            )

        match Array.BinarySearch(curve.At, at) with
        | found when found >= 0 -> curve.Values[found]
        | missed ->
            let above = ~~~missed
            let share = (at - curve.At[above - 1]) / (curve.At[above] - curve.At[above - 1])

            curve.Values[above - 1]
            + share * (curve.Values[above] - curve.Values[above - 1])

    /// <summary>
    /// The mean height between two places: the area under the straight lines over the length, on the axis or on its logarithm, which gives the
    /// early part of training the weight of the late.
    /// </summary>
    /// <param name="low">Where to begin; above 0 for the logarithm.</param>
    /// <param name="high">Where to end.</param>
    /// <param name="logarithmic">Whether lengths are those of the axis' logarithm.</param>
    member curve.MeanBetween(low: float, high: float, logarithmic: bool) : float =
        if not (low < high) || (logarithmic && not (low > 0.0)) then
            invalidArg
                (nameof low)
                $"from {low:R} to {high:R}; allowed: an end above the beginning, which is above 0 for the logarithm"

        let inner = curve.At |> Array.filter (fun at -> low < at && at < high)
        let places = [| low; yield! inner; high |]
        let values = places |> Array.map curve.ValueAt

        let piece (i: int) =
            let x1, x2, y1, y2 = places[i], places[i + 1], values[i], values[i + 1]

            if logarithmic then
                // Of a + b x over d(ln x).
                let b = (y2 - y1) / (x2 - x1)
                (y1 - b * x1) * log (x2 / x1) + b * (x2 - x1)
            else
                0.5 * (y1 + y2) * (x2 - x1)

        let area = Seq.init (places.Length - 1) piece |> Seq.sum
        area / (if logarithmic then log (high / low) else high - low)
