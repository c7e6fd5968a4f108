namespace ReLoRA.Analysis.Inference

open ReLoRA.Analysis.Paired

/// The sign test: how many of the differences are above and below zero, and nothing else of them.
[<AbstractClass; Sealed>]
type SignTest =
    /// <summary>The exact two-sided test of no difference. Differences of zero are left out.</summary>
    /// <param name="differences">By pair, for example by seed.</param>
    /// <exception cref="T:System.ArgumentException">A difference is not a finite number.</exception>
    static member Of(differences: float[]) : ExactTest =
        if differences |> Array.exists (System.Double.IsFinite >> not) then
            invalidArg (nameof differences) "a difference is not a finite number"

        let above = differences |> Array.filter (fun one -> one > 0.0) |> Array.length
        let below = differences |> Array.filter (fun one -> one < 0.0) |> Array.length

        {
            // McNemar's test is the sign test of answers that differ.
            P = McNemar.Exact(int64 above, int64 below)
            SmallestP = min 1.0 (2.0 * 0.5 ** float (above + below))
            Pairs = above + below
        }
