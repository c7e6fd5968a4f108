namespace ReLoRA.Analysis.Inference

open ReLoRA.Analysis.Paired

/// Fisher's randomisation test of paired differences: were there none, each could as well have the other sign.
[<AbstractClass; Sealed>]
type PermutationTest =
    /// Pairs up to which all signs are tried: a million sums.
    static member val Enumerated = 20

    /// Draws of signs for more pairs.
    static member val Resamples = 100_000

    /// <summary>
    /// The two-sided test of no mean difference: the share of all 2^n choices of signs whose sum is as far from zero as the one found. For more
    /// pairs than <c>Enumerated</c> signs are drawn, and p is that of the draws with the one found among them.
    /// </summary>
    /// <param name="differences">By pair, for example by seed.</param>
    /// <param name="seed">The seed of the draws.</param>
    static member Of(differences: float[], seed: uint64) : ExactTest =
        if differences |> Array.exists (fun one -> not (System.Double.IsFinite one)) then
            invalidArg (nameof differences) "a difference is not a finite number"

        let count = differences.Length
        let sizes = differences |> Array.map abs
        // Sums of the same numbers in another order differ by their rounding.
        let bound = abs (Array.sum differences) - 1e-12 * Array.sum sizes

        let isFar (signs: uint64) =
            let mutable sum = 0.0

            for pair in 0 .. count - 1 do
                sum <-
                    sum
                    + (if (signs >>> pair) &&& 1UL = 1UL then
                           sizes[pair]
                       else
                           -sizes[pair])

            abs sum >= bound

        let p =
            if count <= PermutationTest.Enumerated then
                let mutable far = 0

                for signs in 0UL .. (1UL <<< count) - 1UL do
                    if isFar signs then
                        far <- far + 1

                float far / float (1UL <<< count)
            else
                let draws = Draws seed
                let total = PermutationTest.Resamples

                let far =
                    Seq.init total (fun _ ->
                        let sum =
                            sizes
                            |> Array.sumBy (fun size -> if draws.Next() >>> 63 = 1UL then size else -size)

                        if abs sum >= bound then 1 else 0)
                    |> Seq.sum

                float (1 + far) / float (1 + total)

        {
            P = p
            SmallestP = min 1.0 (2.0 * 0.5 ** float count)
            Pairs = count
        }

    /// <summary>The same with a seed of its own.</summary>
    /// <param name="differences">By pair, for example by seed.</param>
    static member Of(differences: float[]) : ExactTest = PermutationTest.Of(differences, 1UL)
