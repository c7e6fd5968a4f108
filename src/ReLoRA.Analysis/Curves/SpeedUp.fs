namespace ReLoRA.Analysis.Curves

open ReLoRA.Analysis

/// How many times sooner than its baseline an arm comes down to a level, by seed.
type SpeedUp =
    {
        /// The arm.
        Arm: string
        /// The level.
        Level: float
        /// Pairs of a run and its baseline.
        Pairs: int
        /// Those of them in which one or both did not come down to it.
        NotReached: int
        /// The geometric mean of the baseline's place over the arm's: above 1 the arm is sooner. NaN where a pair did not reach the level.
        Ratio: float
        /// The lower end of Student's interval of the ratios' logarithms; NaN where there is none.
        Low: float
        /// Its upper end.
        High: float
        /// What cannot be said, and why; empty where all can.
        Note: string
    }

    /// <summary>The speed-up of an arm.</summary>
    /// <param name="curves">The curves; over tokens it is one in tokens, over seconds one in time.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="level">The level.</param>
    /// <param name="confidence">For example 0.95.</param>
    static member Of(curves: CurveSet, arm: string, level: float, confidence: float) : SpeedUp =
        let reaches =
            curves.Pairs arm
            |> Array.map (fun struct (curve, baseline) -> Reach.Of(curve, level), Reach.Of(baseline, level))

        let missing (choose: Reach * Reach -> Reach) =
            reaches |> Array.filter (fun pair -> not (choose pair).Reached) |> Array.length

        let notReached =
            reaches
            |> Array.filter (fun (own, other) -> not (own.Reached && other.Reached))
            |> Array.length

        let isZero =
            reaches |> Array.exists (fun (own, other) -> own.At <= 0.0 || other.At <= 0.0)

        let none note =
            {
                Arm = arm
                Level = level
                Pairs = reaches.Length
                NotReached = notReached
                Ratio = nan
                Low = nan
                High = nan
                Note = note
            }

        if reaches.Length = 0 then
            none "no run of this arm has a curve and a baseline with one"
        elif notReached > 0 then
            none
                $"not reached by {missing fst} of {reaches.Length} runs of the arm and {missing snd} of their baselines: a mean over the others would be one of the lucky. Choose a level that all reach."
        elif isZero then
            none "a curve begins at or below the level at 0: there is no ratio. Choose a lower level."
        else
            let found =
                reaches
                |> Array.map (fun (own, other) -> log other.At, log own.At)
                |> Statistics.pairedDifference confidence

            { none (if found.Pairs = 1 then "one pair: no interval" else "") with
                Ratio = exp found.Mean
                Low = exp found.Low
                High = exp found.High
            }
