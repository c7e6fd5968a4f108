/// What the probes found: figures of the layers' matrices over the steps.
module internal ReLoRA.Analysis.Report.ProbeSection

open System
open ReLoRA.Analysis
open ReLoRA.Results.Log

let private order moment =
    match moment with
    | "before_reset" -> 0
    | "after_reset" -> 2
    | _ -> 1

let private words (name: string) = name.Replace('_', ' ')

/// Condition numbers span powers of ten: their mean is that of the worst layer, so the median stands for the layers.
let private overLayers metric (values: float[]) =
    if metric = "condition_number" then
        Statistics.median values
    else
        Statistics.mean values

let private point metric (record: ProbeRecord) =
    let values =
        record.Values |> Seq.map _.Value |> Seq.filter Double.IsFinite |> Seq.toArray

    float record.Step, order record.Moment, overLayers metric values

let private layerFindings (records: ProbeRecord[]) =
    let values = records |> Array.collect (fun record -> record.Values |> Seq.toArray)

    match
        values
        |> Array.filter (fun value -> value.Finding <> "")
        |> Array.countBy _.Finding
    with
    | [||] -> $"None of the {values.Length} layer values had a finding."
    | found ->
        found
        |> Array.map (fun (finding, count) -> $"{count} {finding}")
        |> String.concat ", "
        |> fun counts -> $"Of {values.Length} layer values, these had findings: {counts}."

let private chart (data: ReportData) (resets: float[]) ((metric: string, subject: string), records) =
    let arm (name: string, cells: CellRow[]) =
        cells
        |> Array.distinctBy _.Cell
        |> Array.map (fun cell ->
            records
            |> Array.filter (fun (id, _) -> id = cell.Cell)
            |> Array.map (snd >> point metric))
        |> Bands.over name

    let logarithmic = (metric = "condition_number")
    let layers = if logarithmic then "median" else "mean"

    String.Concat(
        $"<h3>{Html.encode (words metric)} of the {Html.encode (words subject)}</h3>\n",
        SummaryTable.arms data.Frames
        |> Array.map arm
        |> Charts.bands "step" (words metric) logarithmic resets
        |> Html.chart $"chart-{metric}-{subject}" $"{words metric} of the {words subject} over steps",
        Html.note
            $"Line: {layers} over layers, mean over seeds; band: from the lowest seed to the highest; dashed: resets. {layerFindings (Array.map snd records)}"
    )

let private rank metric =
    match metric with
    | "effective_rank" -> 0
    | "condition_number" -> 1
    | _ -> 2

/// One chart for each metric and what it is computed of.
let body (data: ReportData) =
    let resets =
        data.Frames.Resets
        |> Array.map (fun reset -> float reset.Step)
        |> Array.distinct
        |> Array.sort

    match data.Probes with
    | [||] -> Html.paragraph "Not probed: the logs hold no probes."
    | probes ->
        probes
        |> Array.groupBy (fun (_, record) -> record.Metric, record.Of)
        |> Array.sortBy (fun ((metric, subject), _) -> rank metric, metric, subject)
        |> Array.map (chart data resets)
        |> String.concat ""
