/// The report's sections: anchor, title and body.
module internal ReLoRA.Analysis.Report.Sections

open System
open ReLoRA.Analysis

let private findings (data: ReportData) =
    [|
        Points(Findings.sentences data)
        match SummaryTable.problems data.Frames with
        | [||] -> ()
        | problems ->
            Heading "What is missing"
            Points problems
    |]

let private what (data: ReportData) =
    let frames = data.Frames
    let arms = SummaryTable.arms frames |> Array.map fst
    let seeds = frames.Cells |> Array.map _.Seed |> Array.distinct

    [|
        Paragraph
            $"""{frames.Cells.Length} cells: {arms.Length} arms ({String.concat "; " arms}) with the seeds {String.concat ", " seeds}."""
        TableOf(ReportTables.cells data)
    |]

let private domains (frames: Frames) =
    let names, arms = DomainTable.perplexities frames

    let bar (perplexities: float[]) : Bar =
        let values = perplexities |> Array.filter Double.IsFinite

        if values.Length = 0 then
            { Value = nan; Low = nan; High = nan }
        else
            {
                Value = Statistics.mean values
                Low = Array.min values
                High = Array.max values
            }

    if names.Length = 0 then
        [| Paragraph "No finished cell has an evaluation by domain." |]
    else
        [|
            Figure
                {
                    Id = "domains"
                    Title = "Perplexity by domain"
                    X = Axis.linear ""
                    Y = Axis.linear "perplexity"
                    Rules = [||]
                    Content =
                        Bars(
                            names,
                            arms
                            |> Array.filter (fun (_, values) -> values |> Array.exists (fun found -> found.Length > 0))
                            |> Array.map (fun (name, values) -> name, values |> Array.map bar)
                        )
                    Note = "Bars: means over seeds; whiskers: from the lowest seed to the highest."
                }
            TableOf(DomainTable.build frames)
            match PairedDomainTable.build frames with
            | Some table ->
                Heading "Against the baseline, row by row"
                TableOf table
            | None -> ()
        |]

let private resets (data: ReportData) =
    if data.Frames.Resets.Length > 0 then
        [| TableOf(ResetTable.build data.Frames); yield! SpectrumSection.blocks data |]
    else
        [| Paragraph "The logs hold no resets." |]

let private script (data: ReportData) =
    let prefix = "text:"

    data.Provenance
    |> Array.filter (fun (key, _) -> key.StartsWith(prefix, StringComparison.Ordinal))
    |> Array.collect (fun (key, text) -> [| Heading key[prefix.Length ..]; Verbatim text |])
    |> fun scripts ->
        if scripts.Length = 0 then
            [| Paragraph "The plan holds no script." |]
        else
            scripts

/// All sections, in the page's order.
let build (data: ReportData) : Section[] =
    [|
        "findings", "Findings", findings data
        "what", "What was run", what data
        "loss", "Loss", LossSection.blocks data
        "domains", "Perplexity by domain", domains data.Frames
        "pairs", "Minimal pairs", PairsSection.blocks data.Frames
        "tasks", "Tasks", TaskSection.blocks data.Frames
        "rank", "Ranks, condition numbers and other probes", ProbeSection.blocks data.Frames
        "resets", "Resets", resets data
        "costs", "Costs", [| TableOf(CostTable.build data) |]
        "provenance", "Provenance", [| TableOf(ReportTables.provenance data) |]
        "script", "Script", script data
    |]
    |> Array.map (fun (id, title, blocks) ->
        {
            Id = id
            Title = title
            Blocks = blocks
        })
