namespace ReLoRA.Analysis.Paired

open System

/// The perplexities of two models on the same documents.
[<AbstractClass; Sealed>]
type PairedPerplexity =
    /// <summary>
    /// The first model's perplexity over the second's, <c>exp(sum of nats / sum of units)</c> each: below 1 the first is better. A resample draws
    /// seeds, then documents, the same ones for both models and all seeds; of several seeds it is the geometric mean.
    /// </summary>
    /// <param name="first">The first model's nats, by seed and document.</param>
    /// <param name="second">The second model's.</param>
    /// <param name="units">Tokens, or bytes, of each document.</param>
    /// <param name="confidence">For example 0.95.</param>
    /// <param name="resamples">How often to draw.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    static member Ratio
        (first: float[][], second: float[][], units: float[], confidence: float, resamples: int, seed: uint64)
        : Difference =
        let fits (nats: float[][]) =
            nats.Length = first.Length
            && nats |> Array.forall (fun ofSeed -> ofSeed.Length = units.Length)

        if first.Length = 0 || units.Length = 0 || not (fits first && fits second) then
            invalidArg (nameof first) "the models have not the same seeds and documents, or there are none"

        if not (Array.sum units > 0.0) then
            invalidArg (nameof units) "the documents have no tokens"

        // Both models have the same units, so that the difference of their mean nats is the mean of their differences.
        let differences = Array.map2 (Array.map2 (-)) first second

        let found = (differences |> Array.averageBy Array.sum) / Array.sum units

        let draws = Draws seed

        let rec resample () =
            let drawn =
                Array.init differences.Length (fun _ -> differences[draws.Below differences.Length])

            let mutable nats = 0.0
            let mutable below = 0.0

            for _ in 1 .. units.Length do
                let document = draws.Below units.Length
                below <- below + units[document]

                for ofSeed in drawn do
                    nats <- nats + ofSeed[document]

            if below > 0.0 then
                exp (nats / float drawn.Length / below)
            else
                resample ()

        let resampled = Array.init resamples (fun _ -> resample ())

        {
            Interval = Interval.percentile confidence (exp found) resampled
            P = Interval.twoSided 1.0 resampled
        }
