/// Singular values of what resets merged, and of matrices before and after resets.
module internal ReLoRA.Analysis.Report.SpectrumSection

open System
open ReLoRA.Analysis
open ReLoRA.Results.Log

/// The linears shown: the first and the last of those that there are.
let private ends (layers: string[]) =
    if layers.Length < 2 then
        layers
    else
        [| Array.head layers; Array.last layers |]

let private line name (values: float seq) : Band =
    // Zero has no place on a logarithmic axis.
    let points =
        values
        |> Seq.mapi (fun index value -> float (index + 1), value)
        |> Seq.filter (fun (_, value) -> Double.IsFinite value && value > 0.0)
        |> Seq.toArray

    let shown = points |> Array.map snd

    {
        Name = name
        X = points |> Array.map fst
        Mean = shown
        Low = shown
        High = shown
        IsReference = false
    }

let private chart id title note bands =
    Figure
        {
            Id = id
            Title = title
            X = Axis.linear "number, by size"
            Y = Axis.logarithmic "singular value"
            Rules = [||]
            Content = Lines bands
            Note = note
        }

/// The first cell of an arm that has any stands for it: spectra of several seeds are no mean of anything.
let private first (frames: Frames) (has: string -> bool) =
    SummaryTable.arms frames
    |> Array.indexed
    |> Array.choose (fun (index, (arm, cells)) ->
        cells
        |> Array.tryFind (fun cell -> has cell.Cell)
        |> Option.map (fun cell -> index, arm, cell))

let private merged (frames: Frames) =
    let byCell = frames.Spectra |> Array.groupBy _.Cell |> Map.ofArray

    first frames byCell.ContainsKey
    |> Array.collect (fun (index, arm, cell) ->
        let found = byCell[cell.Cell]

        found
        |> Array.map _.Layer
        |> Array.distinct
        |> ends
        |> Array.mapi (fun number layer ->
            found
            |> Array.filter (fun row -> row.Layer = layer)
            |> Array.map (fun row -> line $"reset {row.Number}, step {row.Step}" row.Values)
            |> chart
                $"merged-{index + 1}-{number + 1}"
                $"{arm}: singular values of the update merged into {layer}"
                $"{arm}, seed {cell.Seed}, {layer}: the update s·BA that each reset should have merged."))

let private isSpectrum (probe: ProbeRecord) =
    probe.Metric = "singular_values"
    && (probe.Moment = "before_reset" || probe.Moment = "after_reset")

let private around (data: ReportData) =
    let byCell =
        data.Vectors
        |> Array.filter (snd >> isSpectrum)
        |> Array.groupBy fst
        |> Map.ofArray

    first data.Frames byCell.ContainsKey
    |> Array.collect (fun (index, arm, cell) ->
        let probes = byCell[cell.Cell] |> Array.map snd
        // The last reset tells of the most that was learned.
        let last = probes |> Array.map _.Step |> Array.max

        probes
        |> Array.filter (fun probe -> probe.Step = last)
        |> Array.groupBy _.Of
        |> Array.collect (fun (subject, probes) ->
            probes
            |> Array.collect (fun probe -> probe.Values |> Seq.map _.Layer |> Seq.toArray)
            |> Array.distinct
            |> ends
            |> Array.mapi (fun number layer ->
                probes
                |> Array.choose (fun probe ->
                    probe.Values
                    |> Seq.tryFind (fun value -> value.Layer = layer)
                    |> Option.map (fun value -> line (probe.Moment.Replace('_', ' ')) value.Vector))
                |> chart
                    $"spectrum-{subject}-{index + 1}-{number + 1}"
                    $"{arm}: singular values of {layer} on both sides of a reset"
                    $"""{arm}, seed {cell.Seed}, {layer}: {subject.Replace('_', ' ')} before and after the reset at step {last}, the last one.""")))

/// Spectra where the logs hold any, else how to get them.
let blocks (data: ReportData) =
    match Array.append (merged data.Frames) (around data) with
    | [||] when data.Frames.Resets.Length = 0 -> [||]
    | [||] ->
        [|
            Heading "Spectra"
            Note
                "The logs hold no spectra. .Probe(SingularValues(every: 200)) in the script writes those of the weights on both sides of each reset."
        |]
    | figures -> [| Heading "Spectra"; yield! figures |]
