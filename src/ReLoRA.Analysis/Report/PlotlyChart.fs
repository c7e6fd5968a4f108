/// Charts as plotly.js reads them: traces and a layout without colours of the page, which report.js adds.
module internal ReLoRA.Analysis.Report.PlotlyChart

open System
open System.IO
open Plotly.NET

// Plotly.NET has a type of the same name.
type private Chart = ReLoRA.Analysis.Report.Chart

let private colour index alpha =
    let r, g, b = Palette.arm index
    $"rgba({r},{g},{b},{alpha})"

/// Enough for every pixel; more digits would make pages large.
let private digits = "G5"

let private rounded (value: float) =
    Double.Parse(
        value.ToString(digits, Globalization.CultureInfo.InvariantCulture),
        Globalization.CultureInfo.InvariantCulture
    )

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

let private axis (axis: Axis) (more: (string * obj) list) =
    let scale: (string * obj) list =
        match axis.Scale with
        | Logarithmic -> [ "type", "log" ]
        | Linear -> []

    map
        [
            "title", map [ "text", axis.Title ]
            "automargin", true
            yield! scale
            yield! more
        ]

/// Seen on light and dark alike.
let private grey = "#888888"

let private rule (colour: string) (across: bool) (place: float) =
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
            "line", map [ "dash", "dash"; "width", 1; "color", colour ]
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
        if not band.IsReference then
            edge band.Low []
            edge band.High [ "fill", "tonexty"; "fillcolor", colour index 0.18 ]
        trace
            "scatter"
            [
                "x", numbers band.X
                "y", numbers band.Mean
                "name", band.Name
                "mode", mode
                "line",
                map
                    [
                        "width", 2
                        "color", colour index 1.0
                        "dash", Palette.dash index band.IsReference
                    ]
                "marker", map [ "symbol", Palette.symbol index ]
                "legendgroup", band.Name
            ]
    ]

let private lines (chart: Chart) (bands: Band[]) =
    json
        (bands
         |> Array.toList
         |> List.indexed
         |> List.filter (fun (_, band) -> band.X.Length > 0)
         |> List.collect (fun (index, band) -> bandTraces index band))
        [
            "xaxis", axis chart.X []
            "yaxis", axis chart.Y []
            "shapes", chart.Rules |> Array.filter Double.IsFinite |> Array.map (rule grey false) :> obj
        ]

let private bars (chart: Chart) (categories: string[]) (arms: (string * Bar[])[]) =
    let trace index (name: string, bars: Bar[]) =
        let part pick = bars |> Array.map pick |> numbers

        trace
            "bar"
            [
                "x", categories
                "y", part _.Value
                "name", name
                "marker",
                map
                    [
                        "color", colour index 0.85
                        "pattern", map [ "shape", Palette.pattern index ]
                    ]
                "error_y",
                map
                    [
                        "type", "data"
                        "symmetric", false
                        "array", part (fun bar -> bar.High - bar.Value)
                        "arrayminus", part (fun bar -> bar.Value - bar.Low)
                        "thickness", 1.5
                        "color", "#8a8f99"
                        "width", 4
                    ]
            ]

    json
        (arms |> Array.mapi trace |> Array.toList)
        [
            "xaxis", axis chart.X [ "type", "category" ]
            "yaxis", axis chart.Y []
            "barmode", "group"
            "shapes", chart.Rules |> Array.filter Double.IsFinite |> Array.map (rule grey true) :> obj
        ]

/// Pixels of a heat map: its axis and margins, a row, and what a screen shows.
let private heightOfFrame = 140

let private heightOfRow = 14
let private mostHeight = 800

let private heat (chart: Chart) (map': HeatMap) =
    let scaled value =
        match map'.Scale with
        | Logarithmic -> log10 value
        | Linear -> value

    let legend =
        match map'.Scale with
        | Logarithmic -> $"log10 of {map'.Legend}"
        | Linear -> map'.Legend

    json
        [
            trace
                "heatmap"
                [
                    "x", numbers map'.X
                    "y", map'.Y
                    "z", map'.Values |> Array.map (Array.map (scaled >> rounded) >> numbers) :> obj
                    "zmin", scaled map'.Lowest
                    "zmax", scaled map'.Highest
                    "colorscale", "Viridis"
                    "colorbar", map [ "title", map [ "text", legend; "side", "right" ] ]
                    "hoverongaps", false
                ]
        ]
        [
            "xaxis", axis chart.X []
            "yaxis", axis chart.Y [ "type", "category"; "autorange", "reversed"; "tickfont", map [ "size", 10 ] ]
            "height", min mostHeight (heightOfFrame + heightOfRow * map'.Y.Length)
            "shapes", chart.Rules |> Array.filter Double.IsFinite |> Array.map (rule "#ffffff" false) :> obj
        ]

/// The chart's traces and layout.
let ofChart (chart: Chart) =
    match chart.Content with
    | Lines bands -> lines chart bands
    | Bars(categories, arms) -> bars chart categories arms
    | Heat map -> heat chart map

/// plotly.js as the package brings it, for one script element.
let library () =
    let assembly = typeof<GenericChart>.Assembly

    let name =
        assembly.GetManifestResourceNames()
        |> Array.find (fun name -> name.EndsWith(".min.js", StringComparison.Ordinal))

    use stream = nonNull (assembly.GetManifestResourceStream name)
    use reader = new StreamReader(stream)
    reader.ReadToEnd()
