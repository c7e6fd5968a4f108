/// Minimal pairs of each arm against its baseline, pair by pair.
module internal ReLoRA.Analysis.PairedPairsTable

open System
open ReLoRA.Analysis.Paired

/// How often the bootstrap draws.
let private resamples = 1000

/// The seed of its draws: a report of the same logs is the same.
let private seed = 1UL

/// The marks of one cell's last evaluation, by phenomenon in the suite's order.
let private marksOf (frames: Frames) =
    let rows = PairsTable.lastOfFinished frames |> Array.groupBy _.Cell |> Map.ofArray

    fun cell ->
        rows.TryFind cell
        |> Option.filter (Array.forall (fun row -> row.Right.Length > 0))

let private sameItems (ones: PairsRow[]) (others: PairsRow[]) =
    let items (rows: PairsRow[]) =
        rows |> Array.map (fun row -> row.Phenomenon, row.Pairs)

    items ones = items others

/// An arm against its baseline over the seeds that have both; nothing where no seed has.
let private compare (frames: Frames) (cells: CellRow[]) =
    let marks = marksOf frames

    let seeds =
        cells
        |> Array.choose (fun cell ->
            match marks cell.Cell, marks cell.Baseline with
            | Some ones, Some others when sameItems ones others -> Some(ones, others)
            | _ -> None)

    let first = Array.tryHead seeds |> Option.map fst

    first
    |> Option.map (fun rows ->
        let each (of': PairsRow -> string) =
            rows |> Array.collect (fun row -> Array.create (int row.Pairs) (of' row))

        // All seeds of an arm have one suite, unless it was changed in between.
        let alike = seeds |> Array.filter (fun (ones, _) -> sameItems ones rows)

        let joined (choose: PairsRow[] * PairsRow[] -> PairsRow[]) =
            alike |> Array.map (choose >> Array.collect _.Right)

        PairsComparison.Of(each _.Phenomenon, each _.Term, joined fst, joined snd, resamples, seed))

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
    let compared =
        SummaryTable.arms frames
        |> Array.choose (fun (arm, cells) -> compare frames cells |> Option.map (fun found -> arm, found))

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
