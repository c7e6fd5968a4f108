/// Perplexity by domain, one row per arm.
module internal ReLoRA.Analysis.DomainTable

let build (frames: Frames) : Table =
    let finals = SummaryTable.finalEvals frames

    let rows =
        frames.Domains
        |> Array.filter (fun row ->
            match finals.TryFind row.Cell with
            | Some eval -> eval.Step = row.Step && eval.Name = row.Evaluation
            | None -> false)

    let domains = rows |> Array.map _.Domain |> Array.distinct

    let arm (name: string, cells: CellRow[]) =
        let ids = cells |> Array.map _.Cell |> Set.ofArray

        let perplexity domain =
            rows
            |> Array.filter (fun row -> row.Domain = domain && ids.Contains row.Cell)
            |> Array.map _.Perplexity
            |> Figures.ofValues Figures.perplexity

        [| name; yield! domains |> Array.map perplexity |]

    {
        Title = $"{frames.Sweep}: perplexity by domain at the end of training"
        Columns = [| "arm"; yield! domains |]
        Rows = SummaryTable.arms frames |> Array.map arm
        Notes = [| "Means over the seeds that have finished." |]
    }
