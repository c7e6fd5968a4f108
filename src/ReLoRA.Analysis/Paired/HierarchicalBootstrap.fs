namespace ReLoRA.Analysis.Paired

open System

/// A mean difference between two models, its interval, and how likely as large a one is if there is none.
type Difference =
    {
        /// The difference and its interval.
        Interval: Interval
        /// The two-sided p of no difference.
        P: float
    }

/// Bootstrap of a mean over paradigms of paired differences. Items of a paradigm come from one template and are alike; so paradigms are drawn
/// too, and where there are several seeds (runs), those.
[<AbstractClass; Sealed>]
type HierarchicalBootstrap =
    static member private Require(differences: float[][][]) =
        let shape (seed: float[][]) = seed |> Array.map _.Length

        if
            differences.Length = 0
            || differences[0].Length = 0
            || differences[0] |> Array.exists Array.isEmpty
        then
            invalidArg (nameof differences) "there are no items; allowed: at least one in each paradigm of each seed"

        if differences |> Array.exists (fun seed -> shape seed <> shape differences[0]) then
            invalidArg (nameof differences) "the seeds have not the same paradigms and items"

    /// <summary>
    /// The mean over paradigms of the mean difference of their items, over all seeds. A resample draws seeds, then paradigms, then each one's
    /// items, all with replacement. All seeds answer the same items, so an item that is drawn is drawn in every seed of the resample: seeds do
    /// not average away what the choice of items adds.
    /// </summary>
    /// <param name="differences">By seed, paradigm and item: the one model's mark less the other's.</param>
    /// <param name="drawsParadigms">Whether paradigms are drawn too; otherwise they are those there are.</param>
    /// <param name="confidence">For example 0.95.</param>
    /// <param name="resamples">How often to draw.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    static member OfDifferences
        (differences: float[][][], drawsParadigms: bool, confidence: float, resamples: int, seed: uint64)
        : Difference =
        HierarchicalBootstrap.Require differences
        let draws = Draws seed
        let seeds, paradigms = differences.Length, differences[0].Length

        let found =
            differences
            |> Array.averageBy (fun ofSeed -> ofSeed |> Array.averageBy Array.average)

        let resample _ =
            let drawn = Array.init seeds (fun _ -> differences[draws.Below seeds])
            let mutable sum = 0.0

            for place in 0 .. paradigms - 1 do
                let paradigm = if drawsParadigms then draws.Below paradigms else place
                let ofFirst = drawn[0]
                let count = ofFirst[paradigm].Length
                let mutable ofItems = 0.0

                for _ in 1..count do
                    let item = draws.Below count

                    for ofSeed in drawn do
                        ofItems <- ofItems + ofSeed[paradigm][item]

                sum <- sum + ofItems / float count

            sum / float (seeds * paradigms)

        let resampled = Array.init resamples resample

        {
            Interval = Interval.percentile confidence found resampled
            P = Interval.twoSided 0.0 resampled
        }
