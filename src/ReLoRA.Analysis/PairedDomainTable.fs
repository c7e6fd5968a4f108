/// Perplexity of each arm over its baseline's, row by row of the evaluation data.
module internal ReLoRA.Analysis.PairedDomainTable

open ReLoRA.Analysis.Paired

/// How often the bootstrap draws.
let private resamples = 1000

/// The seed of its draws: a report of the same logs is the same.
let private seed = 1UL

/// An arm against its baseline over the seeds that have both; nothing where no seed has.
let private compare (frames: Frames) =
    let rows = DomainTable.finals frames |> Array.groupBy _.Cell |> Map.ofArray

    let ofCell cell =
        rows.TryFind cell
        |> Option.filter (Array.forall (fun row -> row.RowNats.Length > 0))

    let shape (domains: DomainRow[]) =
        domains |> Array.map (fun row -> row.Domain, row.Tokens, row.RowNats.Length)

    fun (cells: CellRow[]) ->
        let seeds =
            cells
            |> Array.choose (fun cell ->
                match ofCell cell.Cell, ofCell cell.Baseline with
                | Some ones, Some others when shape ones = shape others -> Some(ones, others)
                | _ -> None)

        match seeds with
        | [||] -> None
        | _ ->
            let domains = fst seeds[0]
            // All seeds of an arm have one corpus, unless it was changed in between.
            let alike = seeds |> Array.filter (fun (ones, _) -> shape ones = shape domains)

            let names =
                domains |> Array.collect (fun row -> Array.create row.RowNats.Length row.Domain)

            let tokens =
                domains
                |> Array.collect (fun row ->
                    Array.create row.RowNats.Length (float row.Tokens / float row.RowNats.Length))

            let nats (choose: DomainRow[] * DomainRow[] -> DomainRow[]) =
                alike |> Array.map (choose >> Array.collect _.RowNats)

            let whole = Array.create names.Length ""

            Some(alike.Length, PerplexityComparison.Of(whole, names, tokens, nats fst, nats snd, resamples, seed))

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
