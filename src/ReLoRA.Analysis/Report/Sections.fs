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

    String.Concat(
        Html.paragraph
            $"""{frames.Cells.Length} cells: {arms.Length} arms ({String.concat "; " arms}) with the seeds {String.concat ", " seeds}.""",
        Html.table (ReportTables.cells data)
    )

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

    String.Concat(
        "<h3>Validation</h3>\n",
        bandsOf frames evaluated
        |> Charts.bands "tokens" "validation loss, nats per token" false [||]
        |> Html.chart "chart-loss" "Validation loss over tokens",
        Html.note "Line: mean over seeds; band: from the lowest seed to the highest.",
        Html.table (SummaryTable.build frames),
        "<h3>Training</h3>\n",
        bandsOf frames trained
        |> Charts.bands "tokens" "training loss, nats per token" false [||]
        |> Html.chart "chart-training" "Training loss over tokens",
        Html.note "Each seed's loss is a trailing mean over a fortieth of its steps; line and band as above."
    )

let private domains (frames: Frames) =
    let names, arms = DomainTable.perplexities frames

    let bar (perplexities: float[]) =
        let values = perplexities |> Array.filter Double.IsFinite

        if values.Length = 0 then
            nan, nan, nan
        else
            Statistics.mean values, Array.min values, Array.max values

    if names.Length = 0 then
        Html.paragraph "No finished cell has an evaluation by domain."
    else
        String.Concat(
            arms
            |> Array.filter (fun (_, values) -> values |> Array.exists (fun found -> found.Length > 0))
            |> Array.map (fun (name, values) -> name, values |> Array.map bar)
            |> Charts.bars "perplexity" [||] names
            |> Html.chart "chart-domains" "Perplexity by domain",
            Html.note "Bars: means over seeds; whiskers: from the lowest seed to the highest.",
            Html.table (DomainTable.build frames),
            (match PairedDomainTable.build frames with
             | Some table -> "<h3>Against the baseline, row by row</h3>\n" + Html.table table
             | None -> "")
        )

let private resets (frames: Frames) =
    if frames.Resets.Length > 0 then
        Html.table (ResetTable.build frames)
    else
        Html.paragraph "The logs hold no resets."

let private provenance (data: ReportData) =
    let prefix = "text:"

    let scripts =
        data.Provenance
        |> Array.filter (fun (key, _) -> key.StartsWith(prefix, StringComparison.Ordinal))
        |> Array.map (fun (key, text) -> $"<h3>{Html.encode key[prefix.Length ..]}</h3>\n{Html.block text}")

    let shown =
        if scripts.Length = 0 then
            Html.paragraph "The plan holds no script."
        else
            String.concat "" scripts

    Html.table (ReportTables.provenance data), shown

/// All sections, in the page's order.
let build (data: ReportData) =
    let machines, script = provenance data

    [|
        "findings", "Findings", Html.paragraph (Findings.sentences data.Frames |> String.concat " ")
        "what", "What was run", what data
        "loss", "Loss over tokens", loss data.Frames
        "domains", "Perplexity by domain", domains data.Frames
        "pairs", "Minimal pairs", PairsSection.body data.Frames
        "rank", "Effective rank over steps", ProbeSection.body data.Frames
        "resets", "Resets", resets data.Frames
        "costs", "Costs", Html.table (ReportTables.costs data)
        "provenance", "Provenance", machines
        "script", "Script", script
    |]
