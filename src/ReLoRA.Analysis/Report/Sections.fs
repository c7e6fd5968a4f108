/// The report's sections: anchor, title and body.
module internal ReLoRA.Analysis.Report.Sections

open System
open ReLoRA.Analysis

let private bandsOf (frames: Frames) (points: string -> (float * float)[]) =
    SummaryTable.arms frames
    |> Array.map (fun (arm, cells) ->
        cells
        |> Array.map _.Cell
        |> Array.distinct
        |> Array.map (points >> Array.map (fun (x, y) -> x, 0, y))
        |> Bands.over arm)

let private what (data: ReportData) =
    let frames = data.Frames
    let arms = SummaryTable.arms frames |> Array.map fst
    let seeds = frames.Cells |> Array.map _.Seed |> Array.distinct

    [|
        Paragraph
            $"""{frames.Cells.Length} cells: {arms.Length} arms ({String.concat "; " arms}) with the seeds {String.concat ", " seeds}."""
        TableOf(ReportTables.cells data)
    |]

let private loss (frames: Frames) =
    let evals =
        frames.Evals
        |> Array.filter (fun eval -> eval.Name = "perplexity")
        |> Array.groupBy _.Cell
        |> Map.ofArray

    let steps = frames.Steps |> Array.groupBy _.Cell |> Map.ofArray

    let evaluated cell =
        evals.TryFind cell
        |> Option.defaultValue [||]
        |> Array.map (fun eval -> float eval.Tokens, eval.Loss)

    let trained cell =
        steps.TryFind cell
        |> Option.defaultValue [||]
        |> Array.map (fun step -> float step.Tokens, step.Loss)
        |> Bands.smooth

    [|
        Heading "Validation"
        Figure
            {
                Id = "loss"
                Title = "Validation loss over tokens"
                X = Axis.linear "tokens"
                Y = Axis.linear "validation loss, nats per token"
                Rules = [||]
                Content = bandsOf frames evaluated |> Lines
                Note = "Line: mean over seeds; band: from the lowest seed to the highest."
            }
        TableOf(SummaryTable.build frames)
        Heading "Training"
        Figure
            {
                Id = "training"
                Title = "Training loss over tokens"
                X = Axis.linear "tokens"
                Y = Axis.linear "training loss, nats per token"
                Rules = [||]
                Content = bandsOf frames trained |> Lines
                Note = "Each seed's loss is a trailing mean over a fortieth of its steps; line and band as above."
            }
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

let private resets (frames: Frames) =
    if frames.Resets.Length > 0 then
        [| TableOf(ResetTable.build frames) |]
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
        "findings", "Findings", [| Findings.sentences data.Frames |> String.concat " " |> Paragraph |]
        "what", "What was run", what data
        "loss", "Loss over tokens", loss data.Frames
        "domains", "Perplexity by domain", domains data.Frames
        "pairs", "Minimal pairs", PairsSection.blocks data.Frames
        "rank", "Effective rank over steps", ProbeSection.blocks data.Frames
        "resets", "Resets", resets data.Frames
        "costs", "Costs", [| TableOf(ReportTables.costs data) |]
        "provenance", "Provenance", [| TableOf(ReportTables.provenance data) |]
        "script", "Script", script data
    |]
    |> Array.map (fun (id, title, blocks) ->
        {
            Id = id
            Title = title
            Blocks = blocks
        })
