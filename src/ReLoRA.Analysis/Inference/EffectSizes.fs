namespace ReLoRA.Analysis.Inference

open ReLoRA.Analysis

/// Differences in units of their spread.
[<AbstractClass; Sealed>]
type EffectSizes =
    /// <summary>Hedges' correction, exactly: Γ(m/2) / (√(m/2) Γ((m−1)/2)) (Hedges, J. Educ. Stat. 6, 1981).</summary>
    /// <param name="degrees">Degrees of freedom m, above 1.</param>
    static member Correction(degrees: float) : float =
        // One degree has no mean of d, so that nothing corrects it.
        if degrees <= 1.0 then
            0.0
        else
            exp (
                StudentT.logGamma (degrees / 2.0)
                - StudentT.logGamma ((degrees - 1.0) / 2.0)
                - 0.5 * log (degrees / 2.0)
            )

    /// <summary>
    /// Of paired differences: d_z and Hedges' g, with the exact interval of the true effect for normal differences (by the noncentral t
    /// distribution). Only the estimate is corrected: the interval's ends are true effects already. Two pairs have neither g nor an interval.
    /// </summary>
    /// <param name="differences">By pair, for example by seed.</param>
    /// <param name="confidence">For example 0.95.</param>
    static member OfPairs(differences: float[], confidence: float) : EffectSize =
        let count = differences.Length
        let spread = Statistics.sampleDeviation differences

        let none =
            {
                Pairs = count
                Cohen = nan
                Hedges = nan
                Low = nan
                High = nan
            }

        // Equal differences leave a deviation of their rounding.
        if not (spread > 1e-12 * abs (Statistics.mean differences)) then
            none
        else
            let d = Statistics.mean differences / spread
            let degrees = float (count - 1)

            if count < 3 then
                { none with Cohen = d }
            else
                let correction = EffectSizes.Correction degrees
                let root = sqrt (float count)

                let bound probability =
                    NoncentralT.noncentrality degrees (d * root) probability / root

                {
                    Pairs = count
                    Cohen = d
                    Hedges = correction * d
                    Low = bound (0.5 + confidence / 2.0)
                    High = bound (0.5 - confidence / 2.0)
                }

    /// <summary>
    /// Cliff's delta (Psychol. Bull. 114, 1993): how much more often a value of the first is above one of the second than below, over all pairs
    /// of values, from -1 to 1. It asks for no pairing and no scale.
    /// </summary>
    /// <param name="first">The one arm's values.</param>
    /// <param name="second">The other's.</param>
    /// <exception cref="T:System.ArgumentException">A value is not a finite number.</exception>
    static member CliffsDelta(first: float[], second: float[]) : float =
        if Seq.append first second |> Seq.exists (System.Double.IsFinite >> not) then
            invalidArg (nameof first) "a value is not a finite number"

        if first.Length = 0 || second.Length = 0 then
            nan
        else
            let signs =
                Array.allPairs first second
                |> Array.sumBy (fun (one, other) -> compare one other |> sign)

            float signs / float (first.Length * second.Length)
