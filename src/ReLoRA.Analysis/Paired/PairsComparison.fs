namespace ReLoRA.Analysis.Paired

open System

/// Two models on the pairs of one phenomenon.
type PhenomenonComparison =
    {
        /// The phenomenon.
        Name: string
        /// Its pairs.
        Pairs: int
        /// The first model's accuracy: mean over paradigms, and over seeds.
        First: float
        /// The second model's.
        Second: float
        /// First less second, with the paired bootstrap's interval: pairs are drawn within paradigms, and seeds.
        Difference: Interval
        /// Pairs (of every seed) that only the first model has right.
        OnlyFirst: int64
        /// Pairs that only the second has right.
        OnlySecond: int64
        /// McNemar's exact p.
        P: float
        /// The same by Holm's correction over the phenomena.
        Adjusted: float
        /// The paired bootstrap's two-sided p, by Holm's correction over the phenomena.
        AdjustedBootstrap: float
    }

/// Two models on the same minimal pairs.
type PairsComparison =
    {
        /// Pairs.
        Pairs: int
        /// Seeds, or runs, of each model.
        Seeds: int
        /// The first model's accuracy: mean over paradigms, and over seeds.
        First: float
        /// The second model's.
        Second: float
        /// First less second by the hierarchical bootstrap: the primary test.
        Difference: Difference
        /// The phenomena, by name.
        Phenomena: PhenomenonComparison[]
    }

    /// <summary>Compares two models.</summary>
    /// <param name="paradigms">The paradigm of each pair.</param>
    /// <param name="phenomena">The phenomenon of each pair; a paradigm is of one.</param>
    /// <param name="first">Whether the first model has it right, by seed and pair.</param>
    /// <param name="second">Whether the second has.</param>
    /// <param name="resamples">How often a bootstrap draws.</param>
    /// <param name="seed">The seed of the draws.</param>
    static member Of
        (paradigms: string[], phenomena: string[], first: bool[][], second: bool[][], resamples: int, seed: uint64)
        : PairsComparison =
        let fits (marks: bool[][]) =
            marks.Length = first.Length
            && marks |> Array.forall (fun ofSeed -> ofSeed.Length = paradigms.Length)

        if first.Length = 0 || paradigms.Length = 0 || not (fits first && fits second) then
            invalidArg (nameof first) "the models have not the same seeds and pairs, or there are none"

        let byParadigm (items: int[]) (marks: bool[][]) =
            let groups = items |> Array.groupBy (fun item -> paradigms[item])

            marks
            |> Array.map (fun ofSeed ->
                groups
                |> Array.map (fun (_, ofParadigm) ->
                    ofParadigm |> Array.map (fun item -> if ofSeed[item] then 1.0 else 0.0)))

        let accuracy items marks =
            byParadigm items marks
            |> Array.averageBy (fun ofSeed -> ofSeed |> Array.averageBy Array.average)

        let difference items drawsParadigms =
            let ones, others = byParadigm items first, byParadigm items second

            HierarchicalBootstrap.OfDifferences(
                Array.map2 (Array.map2 (Array.map2 (-))) ones others,
                drawsParadigms,
                0.95,
                resamples,
                seed
            )

        let only (items: int[]) (ones: bool[][]) (others: bool[][]) =
            Array.map2
                (fun (one: bool[]) (other: bool[]) ->
                    items
                    |> Array.sumBy (fun item -> if one[item] && not other[item] then 1L else 0L))
                ones
                others
            |> Array.sum

        let all = [| 0 .. paradigms.Length - 1 |]

        let ofPhenomenon (name, items) =
            let drawn = difference items false
            let onlyFirst, onlySecond = only items first second, only items second first

            {
                Name = name
                Pairs = items.Length
                First = accuracy items first
                Second = accuracy items second
                Difference = drawn.Interval
                OnlyFirst = onlyFirst
                OnlySecond = onlySecond
                P = McNemar.Exact(onlyFirst, onlySecond)
                Adjusted = nan
                AdjustedBootstrap = drawn.P
            }

        let compared =
            all
            |> Array.groupBy (fun item -> phenomena[item])
            |> Array.sortWith (fun (one, _) (other, _) -> String.CompareOrdinal(one, other))
            |> Array.map ofPhenomenon

        let adjusted = compared |> Array.map _.P |> Holm.Adjust
        let ofBootstrap = compared |> Array.map _.AdjustedBootstrap |> Holm.Adjust

        {
            Pairs = paradigms.Length
            Seeds = first.Length
            First = accuracy all first
            Second = accuracy all second
            Difference = difference all true
            Phenomena =
                Array.map3
                    (fun one p drawn ->
                        { one with
                            Adjusted = p
                            AdjustedBootstrap = drawn
                        })
                    compared
                    adjusted
                    ofBootstrap
        }
