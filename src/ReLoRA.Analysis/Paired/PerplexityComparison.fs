namespace ReLoRA.Analysis.Paired

open System

/// The perplexities of two models on the documents of one group.
type PerplexityComparison =
    {
        /// The kind of group: overall, source or domain.
        Group: string
        /// The group; empty for the whole.
        Name: string
        /// Its documents.
        Documents: int
        /// The first model's perplexity; of several seeds their geometric mean.
        First: float
        /// The second model's.
        Second: float
        /// First over second with the paired bootstrap's interval over documents; below 1 the first is better.
        Ratio: Interval
    }

    /// <summary>Compares two models, from the whole to the domains.</summary>
    /// <param name="sources">The source of each document.</param>
    /// <param name="domains">The domain of each document.</param>
    /// <param name="units">Tokens, or bytes, of each.</param>
    /// <param name="first">The first model's nats, by seed and document.</param>
    /// <param name="second">The second model's.</param>
    /// <param name="resamples">How often a bootstrap draws.</param>
    /// <param name="seed">The seed of the draws.</param>
    static member Of
        (
            sources: string[],
            domains: string[],
            units: float[],
            first: float[][],
            second: float[][],
            resamples: int,
            seed: uint64
        ) : PerplexityComparison[] =
        let compare group name (documents: int[]) =
            let chosen (nats: float[][]) =
                nats
                |> Array.map (fun ofSeed -> documents |> Array.map (fun document -> ofSeed[document]))

            let ofUnits = documents |> Array.map (fun document -> units[document])

            let perplexity nats =
                exp ((chosen nats |> Array.averageBy Array.sum) / Array.sum ofUnits)

            {
                Group = group
                Name = name
                Documents = documents.Length
                First = perplexity first
                Second = perplexity second
                Ratio = PairedPerplexity.Ratio(chosen first, chosen second, ofUnits, 0.95, resamples, seed).Interval
            }

        let all = [| 0 .. units.Length - 1 |]

        let grouped group (names: string[]) =
            all
            |> Array.groupBy (fun document -> names[document])
            |> Array.sortWith (fun (one, _) (other, _) -> String.CompareOrdinal(one, other))
            |> Array.map (fun (name, documents) -> compare group name documents)

        [|
            compare "overall" "" all
            yield! grouped "source" sources
            yield! grouped "domain" domains
        |]
