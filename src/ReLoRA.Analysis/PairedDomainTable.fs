/// Perplexity of each arm over its baseline's, row by row of the evaluation data.
module internal ReLoRA.Analysis.PairedDomainTable

open ReLoRA.Analysis.Paired

/// An arm against its baseline over the seeds that have both; nothing where no seed has.
let private compare (frames: Frames) =
    let rows =
        DomainTable.finals frames
        |> PairedSeeds.rowsByCell _.Cell (fun row -> row.RowNats.Length > 0)

    let items =
        Array.map (fun (row: DomainRow) -> row.Domain, row.Tokens, row.RowNats.Length)

    fun (cells: CellRow[]) ->
        match PairedSeeds.ofArm rows items cells with
        | [||] -> None
        | seeds ->
            let each (of': DomainRow -> 'a) =
                fst seeds[0]
                |> Array.collect (fun row -> Array.create row.RowNats.Length (of' row))

            let names = each _.Domain
            let tokens = each (fun row -> float row.Tokens / float row.RowNats.Length)

            let nats (choose: DomainRow[] * DomainRow[] -> DomainRow[]) =
                seeds |> Array.map (choose >> Array.collect _.RowNats)

            let whole = Array.create names.Length ""

            Some(
                seeds.Length,
                PerplexityComparison.Of(
                    whole,
                    names,
                    tokens,
                    nats fst,
                    nats snd,
                    PairedSeeds.resamples,
                    PairedSeeds.seed
                )
            )

let private figure (value: float) =
    value.ToString("F4", System.Globalization.CultureInfo.InvariantCulture)

let private ratio (found: PerplexityComparison) =
    $"{figure found.Ratio.Value} [{figure found.Ratio.Low}, {figure found.Ratio.High}]"

/// A row for each arm that has a baseline; none where no log has the rows' losses.
let build (frames: Frames) : Table option =
    let compare = compare frames

    let compared =
        SummaryTable.arms frames
        |> Array.choose (fun (arm, cells) -> compare cells |> Option.map (fun found -> arm, found))

    let ofGroup group (found: PerplexityComparison[]) =
        found |> Array.filter (fun one -> one.Group = group)

    match compared with
    | [||] -> None
    | _ ->
        let names =
            compared
            |> Array.collect (fun (_, (_, found)) -> ofGroup "domain" found |> Array.map _.Name)
            |> Array.distinct

        let cell name found =
            ofGroup "domain" found
            |> Array.tryFind (fun one -> one.Name = name)
            |> Option.map ratio
            |> Option.defaultValue ""

        Some
            {
                Title = $"{frames.Sweep}: perplexity over the baseline's, row by row"
                Columns = [| "arm"; "all"; yield! names |]
                Rows =
                    compared
                    |> Array.map (fun (arm, (_, found)) ->
                        [|
                            arm
                            ratio (ofGroup "overall" found |> Array.exactlyOne)
                            yield! names |> Array.map (fun name -> cell name found)
                        |])
                Notes =
                    [|
                        "Ratio of perplexities on the same rows: below 1 is better than the baseline. 95 % intervals by the paired bootstrap: seeds, then rows are drawn."
                        if compared |> Array.exists (fun (_, (seeds, _)) -> seeds = 1) then
                            "An arm with one seed: what another seed would change is not in its intervals."
                    |]
            }
