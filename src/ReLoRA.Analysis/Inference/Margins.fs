namespace ReLoRA.Analysis.Inference

open ReLoRA.Analysis

/// Decisions by a margin: an arm differs where its interval lies wholly outside of it, is alike where wholly inside, and is undecided otherwise.
[<AbstractClass; Sealed>]
type Margins =
    /// Two one-sided tests (Schuirmann, J. Pharmacokinet. Biopharm. 15, 1987): the larger p of "at or below -margin" and "at or above margin".
    static member private Tost(differences: float[], margin: float) =
        let count = float differences.Length
        let error = Statistics.sampleDeviation differences / sqrt count
        let mean = Statistics.mean differences

        if not (error >= 0.0) then
            nan
        elif error = 0.0 then
            (if abs mean < margin then 0.0 else 1.0)
        else
            let upper t =
                1.0 - StudentT.cumulative (count - 1.0) t

            max (upper ((mean + margin) / error)) (upper ((margin - mean) / error))

    /// <summary>
    /// Decides by Student's paired interval. "Inside" at a confidence of 0.95 is what two one-sided tests conclude at 0.025 each, and at 0.90
    /// what they do at 0.05.
    /// </summary>
    /// <param name="differences">By seed: the arm's value less its baseline's.</param>
    /// <param name="margin">What does not matter, above 0, for example 0.02 nats.</param>
    /// <param name="confidence">For example 0.95.</param>
    static member Decide(differences: float[], margin: float, confidence: float) : MarginDecision =
        if not (margin > 0.0) then
            invalidArg (nameof margin) $"the margin is {margin}; allowed: more than 0"

        let found =
            differences
            |> Array.map (fun one -> one, 0.0)
            |> Statistics.pairedDifference confidence

        {
            Verdict =
                (if not (System.Double.IsFinite found.Low && System.Double.IsFinite found.High) then
                     MarginVerdict.NoInterval
                 elif found.High < -margin then
                     MarginVerdict.Below
                 elif found.Low > margin then
                     MarginVerdict.Above
                 elif found.Low > -margin && found.High < margin then
                     MarginVerdict.Inside
                 else
                     MarginVerdict.Undecided)
            Margin = margin
            Confidence = confidence
            Difference = found
            EquivalenceP = Margins.Tost(differences, margin)
        }
