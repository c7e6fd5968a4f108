/// Charts as plotly.js reads them: traces and a layout without colours of the page, which report.js adds.
module internal ReLoRA.Analysis.Report.Charts

open System
open System.IO
open Plotly.NET

/// Colours that stand out on white and on near-black alike.
let private colours =
    [|
        59, 130, 246
        234, 120, 20
        22, 163, 98
        168, 85, 247
        220, 60, 70
        8, 145, 178
        190, 140, 10
        219, 70, 150
    |]

let private colour index alpha =
    let r, g, b = colours[index % colours.Length]
    $"rgba({r},{g},{b},{alpha})"

/// JSON has no NaN: plotly.js leaves a gap where null stands.
let private numbers (values: float[]) : obj =
    values
    |> Array.map (fun value -> if Double.IsFinite value then Nullable value else Nullable())
    :> obj

let private map (pairs: (string * obj) list) =
    let inner = DynamicObj.DynamicObj()
    pairs |> List.iter (fun (key, value) -> inner.SetProperty(key, value))
    inner

let private trace (kind: string) (pairs: (string * obj) list) =
    let trace = Trace kind
    pairs |> List.iter (fun (key, value) -> trace.SetProperty(key, value))
    trace

let private json (traces: Trace list) (pairs: (string * obj) list) =
    let layout = Layout()
    pairs |> List.iter (fun (key, value) -> layout.SetProperty(key, value))

    traces
    |> GenericChart.ofTraceObjects false
    |> GenericChart.setLayout layout
    |> GenericChart.toJson

let private axis (title: string) (more: (string * obj) list) =
    map [ "title", map [ "text", title ]; "automargin", true; yield! more ]

let private rule (across: bool) (place: float) =
    let along, other = if across then "y", "x" else "x", "y"

    map
        [
            "type", "line"
            $"{along}ref", along
            $"{other}ref", "paper"
            $"{along}0", place
            $"{along}1", place
            $"{other}0", 0
            $"{other}1", 1
            "line", map [ "dash", "dash"; "width", 1; "color", "#888888" ]
        ]

let private bandTraces index (band: Band) =
    let edge (values: float[]) more =
        trace
            "scatter"
            [
                "x", numbers band.X
                "y", numbers values
                "mode", "lines"
                "line", map [ "width", 0; "color", colour index 1.0 ]
                "legendgroup", band.Name
                "showlegend", false
                "hoverinfo", "skip"
                yield! more
            ]

    let mode = if band.X.Length < 30 then "lines+markers" else "lines"

    [
        edge band.Low []
        edge band.High [ "fill", "tonexty"; "fillcolor", colour index 0.18 ]
        trace
            "scatter"
            [
                "x", numbers band.X
                "y", numbers band.Mean
                "name", band.Name
                "mode", mode
                "line", map [ "width", 2; "color", colour index 1.0 ]
                "legendgroup", band.Name
            ]
    ]

/// Arms as lines with bands; rules are vertical dashed lines.
let bands (x: string) (y: string) (logarithmic: bool) (rules: float[]) (bands: Band[]) =
    let scale: (string * obj) list = if logarithmic then [ "type", "log" ] else []

    json
        (bands
         |> Array.toList
         |> List.indexed
         |> List.filter (fun (_, band) -> band.X.Length > 0)
         |> List.collect (fun (index, band) -> bandTraces index band))
        [
            "xaxis", axis x []
            "yaxis", axis y scale
            "shapes", rules |> Array.map (rule false) :> obj
        ]

/// One group of bars a category, one bar an arm: (arm, (value, low, high) by category). Rules are horizontal dashed lines.
let bars (y: string) (rules: float[]) (categories: string[]) (arms: (string * (float * float * float)[])[]) =
    let bar index (name: string, values: (float * float * float)[]) =
        let part pick = values |> Array.map pick |> numbers

        trace
            "bar"
            [
                "x", categories
                "y", part (fun (value, _, _) -> value)
                "name", name
                "marker", map [ "color", colour index 0.85 ]
                "error_y",
                map
                    [
                        "type", "data"
                        "symmetric", false
                        "array", part (fun (value, _, high) -> high - value)
                        "arrayminus", part (fun (value, low, _) -> value - low)
                        "thickness", 1.5
                        "color", "#8a8f99"
                        "width", 4
                    ]
            ]

    json
        (arms |> Array.mapi bar |> Array.toList)
        [
            "xaxis", axis "" [ "type", "category" ]
            "yaxis", axis y []
            "barmode", "group"
            "shapes", rules |> Array.map (rule true) :> obj
        ]

/// plotly.js as the package brings it, for one script element.
let library () =
    let assembly = typeof<GenericChart>.Assembly

    let name =
        assembly.GetManifestResourceNames()
        |> Array.find (fun name -> name.EndsWith(".min.js", StringComparison.Ordinal))

    use stream = nonNull (assembly.GetManifestResourceStream name)
    use reader = new StreamReader(stream)
    reader.ReadToEnd()
