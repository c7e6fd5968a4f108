namespace ReLoRA.Analysis.Curves

open ReLoRA.Analysis

/// Curves brought to common places of their axis. An arm has a point where every one of its curves is known, so that no seed comes or goes along
/// the way; nothing is extrapolated.
type Alignment =
    {
        /// What is drawn, and how it was smoothed.
        Figure: string
        /// Over what.
        Axis: CurveAxis
        /// The arms, one after another, each in ascending places.
        Arms: ArmPoint[]
        /// The arms that have a baseline, likewise.
        Differences: DifferencePoint[]
        /// The rule, and which cells are left out.
        Notes: string[]
    }

    /// <summary>Aligns at given places.</summary>
    /// <param name="curves">The curves.</param>
    /// <param name="places">Places on the axis, in ascending order.</param>
    /// <param name="confidence">Of the differences' intervals, for example 0.95.</param>
    static member At(curves: CurveSet, places: float[], confidence: float) : Alignment =
        let ofArm arm =
            let own = curves.Curves |> Array.filter (fun curve -> curve.Arm = arm)

            places
            |> Array.filter (fun at -> own |> Array.forall _.Covers(at))
            |> Array.map (fun at ->
                let values = own |> Array.map _.ValueAt(at)

                {
                    Arm = arm
                    At = at
                    Seeds = own.Length
                    Mean = Statistics.mean values
                    Deviation = Statistics.sampleDeviation values
                })

        let ofDifference arm =
            let pairs = curves.Pairs arm

            places
            |> Array.filter (fun at ->
                pairs.Length > 0
                && pairs
                   |> Array.forall (fun struct (curve, other) -> curve.Covers at && other.Covers at))
            |> Array.map (fun at ->
                {
                    Arm = arm
                    At = at
                    Difference =
                        pairs
                        |> Array.map (fun struct (curve, other) -> curve.ValueAt at, other.ValueAt at)
                        |> Statistics.pairedDifference confidence
                })

        {
            Figure = curves.Figure
            Axis = curves.Axis
            Arms = curves.Arms |> Array.collect ofArm
            Differences = curves.Arms |> Array.collect ofDifference
            Notes =
                [|
                    "Between two points of a run the figure is on the straight line; where a seed of the arm is not known, the arm has no point."
                    yield! curves.LeftOut
                |]
        }

    /// <summary>Aligns at places of equal distance, from where all curves have begun to where the first of them ends.</summary>
    /// <param name="curves">The curves.</param>
    /// <param name="count">Places, at least 2.</param>
    /// <param name="confidence">Of the differences' intervals, for example 0.95.</param>
    static member Evenly(curves: CurveSet, count: int, confidence: float) : Alignment =
        if count < 2 then
            invalidArg (nameof count) $"{count} places; allowed: at least 2"

        let struct (first, last) = curves.Common

        let places =
            if first <= last then
                // The last one as it is: first + (last - first) may miss it by a rounding, and with it the curve.
                Array.init count (fun i ->
                    if i = count - 1 then
                        last
                    else
                        first + (last - first) * float i / float (count - 1))
            else
                [||]

        let found = Alignment.At(curves, places, confidence)

        if places.Length > 0 then
            found
        else
            { found with
                Notes = [| "There is no place that all curves reach."; yield! found.Notes |]
            }
