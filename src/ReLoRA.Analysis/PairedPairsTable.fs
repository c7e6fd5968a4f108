/// Minimal pairs of each arm against its baseline, pair by pair.
module internal ReLoRA.Analysis.PairedPairsTable

open System
open ReLoRA.Analysis.Paired

/// An arm against its baseline over the seeds that have both; nothing where no seed has.
let private compare (frames: Frames) =
    let marks =
        PairsTable.lastOfFinished frames
        |> PairedSeeds.rowsByCell _.Cell (fun row -> row.Right.Length > 0)

    let items = Array.map (fun (row: PairsRow) -> row.Phenomenon, row.Pairs)

    fun (cells: CellRow[]) ->
        match PairedSeeds.ofArm marks items cells with
        | [||] -> None
        | seeds ->
            let each (of': PairsRow -> string) =
                fst seeds[0]
                |> Array.collect (fun row -> Array.create (int row.Pairs) (of' row))

            let joined (choose: PairsRow[] * PairsRow[] -> PairsRow[]) =
                seeds |> Array.map (choose >> Array.collect _.Right)

            PairsComparison.Of(
                each _.Phenomenon,
                each _.Term,
                joined fst,
                joined snd,
                PairedSeeds.resamples,
                PairedSeeds.seed
            )
            |> Some

let private interval (found: Interval) =
    $"{Figures.difference found.Value} [{Figures.difference found.Low}, {Figures.difference found.High}]"

let private p (value: float) =
    if value < 0.001 then
        "< 0.001"
    else
        value.ToString("F3", Globalization.CultureInfo.InvariantCulture)

let private ofPhenomenon (seeds: int) (found: PhenomenonComparison) =
    let adjusted =
        if seeds = 1 then
            found.Adjusted
        else
            found.AdjustedBootstrap

    $"{interval found.Difference}, p {p adjusted}"

/// A column for each arm that has a baseline; none where no log tells which pairs are right.
let build (frames: Frames) : Table option =
    let compare = compare frames

    let compared =
        SummaryTable.arms frames
        |> Array.choose (fun (arm, cells) -> compare cells |> Option.map (fun found -> arm, found))

    if compared.Length = 0 then
        None
    else
        let names =
            compared
            |> Array.collect (fun (_, found) -> found.Phenomena |> Array.map _.Name)
            |> Array.distinct

        let cell name (_, found: PairsComparison) =
            found.Phenomena
            |> Array.tryFind (fun one -> one.Name = name)
            |> Option.map (ofPhenomenon found.Seeds)
            |> Option.defaultValue ""

        let overall (_, found: PairsComparison) =
            $"{interval found.Difference.Interval}, p {p found.Difference.P}"

        let seeds = compared |> Array.map (fun (_, found) -> found.Seeds) |> Array.min

        Some
            {
                Title = $"{frames.Sweep}: accuracy on minimal pairs less the baseline's, pair by pair"
                Columns = [| "phenomenon"; yield! compared |> Array.map fst |]
                Rows =
                    [|
                        [| "all: the primary test"; yield! compared |> Array.map overall |]
                        yield!
                            names
                            |> Array.map (fun name -> [| name; yield! compared |> Array.map (cell name) |])
                    |]
                Notes =
                    [|
                        "All: hierarchical bootstrap; seeds, paradigms and pairs are drawn, since the pairs of a paradigm come from one template. By phenomenon: paired bootstrap, seeds and pairs drawn. Intervals of 95 %."
                        "p by phenomenon: two-sided, by Holm's correction over the phenomena; of McNemar's exact test for one seed, of the bootstrap for several, which answer the same pairs."
                        if seeds = 1 then
                            "One seed: what another seed would change is in no interval here."
                    |]
            }
