/// Perplexity by domain, one row per arm.
module internal ReLoRA.Analysis.DomainTable

/// The domains of the last validation of each finished cell.
let finals (frames: Frames) =
    let evals = frames.FinalEvals()

    frames.Domains
    |> Array.filter (fun row ->
        match Finals.tryFind evals row.Cell with
        | Some eval -> eval.Step = row.Step && eval.Name = row.Evaluation
        | None -> false)

/// The domains at the end of training, and each arm's perplexities of each, one a finished seed.
let perplexities (frames: Frames) =
    let rows = finals frames

    let domains = rows |> Array.map _.Domain |> Array.distinct

    let arm (name: string, cells: CellRow[]) =
        let ids = cells |> Array.map _.Cell |> Set.ofArray

        let perplexity domain =
            rows
            |> Array.filter (fun row -> row.Domain = domain && ids.Contains row.Cell)
            |> Array.map _.Perplexity

        name, domains |> Array.map perplexity

    domains, SummaryTable.arms frames |> Array.map arm

let build (frames: Frames) : Table =
    let domains, arms = perplexities frames

    {
        Title = $"{frames.Sweep}: perplexity by domain at the end of training"
        Columns = [| "arm"; yield! domains |]
        Rows =
            arms
            |> Array.map (fun (name, values) ->
                [| name; yield! values |> Array.map (Figures.ofValues Figures.perplexity) |])
        Notes = [| "Means over the seeds that have finished." |]
    }
