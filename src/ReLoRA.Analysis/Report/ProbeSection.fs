/// What the probes found: figures of the layers' matrices over the steps.
module internal ReLoRA.Analysis.Report.ProbeSection

open System
open ReLoRA.Analysis

let private order moment =
    match moment with
    | "before_reset" -> 0
    | "after_reset" -> 2
    | _ -> 1

let private words (name: string) = name.Replace('_', ' ')

let private isMedian (metric: string) =
    metric.EndsWith("condition_number", StringComparison.Ordinal)

/// What spans powers of ten over a run.
let private isLogarithmic (metric: string) =
    isMedian metric || metric = "update_ratio" || metric = "gradient_noise_scale"

/// Condition numbers span powers of ten: their mean is that of the worst layer, so the median stands for the layers.
let private overLayers metric (values: float[]) =
    if isMedian metric then
        Statistics.median values
    else
        Statistics.mean values

let private points metric (rows: ProbeRow[]) =
    rows
    |> Array.groupBy (fun row -> row.Step, row.Moment)
    |> Array.map (fun ((step, moment), layers) ->
        let values = layers |> Array.map _.Value |> Array.filter Double.IsFinite
        float step, order moment, overLayers metric values)

/// Findings are counted by their kind: 'rank deficient (8 of 64)' is one of 'rank deficient'.
let private findings (rows: ProbeRow[]) =
    let kind (finding: string) =
        match finding.IndexOf(" (", StringComparison.Ordinal) with
        | -1 -> finding
        | cut -> finding[.. cut - 1]

    match
        rows
        |> Array.filter (fun row -> row.Finding <> "")
        |> Array.countBy (fun row -> kind row.Finding)
    with
    | [||] -> $"None of the {rows.Length} layer values had a finding."
    | found ->
        found
        |> Array.map (fun (kind, count) -> $"{count} {kind}")
        |> String.concat ", "
        |> fun counts -> $"Of {rows.Length} layer values, these had findings: {counts}."

let private title metric subject =
    if subject = "script" then
        metric
    else
        $"{words metric} of the {words subject}"

let private rank metric =
    match metric with
    | "effective_rank" -> 0
    | "condition_number" -> 1
    | _ -> 2

let private charts (frames: Frames) (resets: float[]) ((metric: string, subject: string), rows: ProbeRow[]) =
    let byCell = rows |> Array.groupBy _.Cell |> Map.ofArray

    let arm (name: string, cells: CellRow[]) =
        Bands.counted cells
        |> Array.map (fun cell -> byCell.TryFind cell |> Option.defaultValue [||] |> points metric)
        |> Bands.over name

    let layers = if isMedian metric then "median" else "mean"
    let scale = if isLogarithmic metric then Logarithmic else Linear
    let title = title metric subject

    [|
        Heading title
        if rows |> Array.forall (fun row -> not (Double.IsFinite row.Value)) then
            Note $"No number to draw: a table for each layer, which the log holds, or none. {findings rows}"
        else
            Figure
                {
                    Id = $"{metric}-{subject}"
                    Title = $"{title} over steps"
                    X = Axis.linear "step"
                    Y = { Title = words metric; Scale = scale }
                    Rules = resets
                    Content = SummaryTable.arms frames |> Array.map arm |> Lines
                    Note =
                        $"Line: {layers} over layers, mean over seeds; band: from the lowest seed to the highest; dashed: resets. {findings rows}"
                }

            if rank metric < 2 then
                yield! HeatMaps.charts frames resets title scale rows
    |]

/// One chart for each metric and what it is computed of.
let blocks (frames: Frames) =
    let resets =
        frames.Resets
        |> Array.map (fun reset -> float reset.Step)
        |> Array.distinct
        |> Array.sort

    match frames.Probes with
    | [||] -> [| Paragraph "Not probed: the logs hold no probes." |]
    | probes ->
        probes
        |> Array.groupBy (fun row -> row.Metric, row.Of)
        |> Array.sortBy (fun ((metric, subject), _) -> rank metric, metric, subject)
        |> Array.collect (charts frames resets)
