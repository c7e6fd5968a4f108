/// The figures of a chart's lines as a table.
module internal ReLoRA.Analysis.Report.ChartTable

open System
open System.Globalization
open ReLoRA.Analysis

/// More rows than this nobody reads; relora export has them all.
let private mostRows = 60

let private text (value: float) =
    if Double.IsFinite value then
        value.ToString("G5", CultureInfo.InvariantCulture)
    else
        ""

let private cell (band: Band) (x: float) =
    match Array.tryFindIndex ((=) x) band.X with
    | None -> ""
    | Some index when band.Low[index] = band.High[index] -> text band.Mean[index]
    | Some index -> $"{text band.Mean[index]} [{text band.Low[index]}, {text band.High[index]}]"

/// The table of a chart of lines, where it is short enough to be read and no other table has the same.
let ofChart (chart: Chart) : Table option =
    match chart.Content with
    | Lines bands ->
        let places = bands |> Array.collect _.X |> Array.distinct |> Array.sort
        let shown = bands |> Array.filter (fun band -> band.X.Length > 0)

        if places.Length > mostRows then
            None
        else
            Some
                {
                    Title = chart.Title
                    Columns = [| chart.X.Title; yield! shown |> Array.map _.Name |]
                    Rows =
                        places
                        |> Array.map (fun x -> [| text x; yield! shown |> Array.map (fun band -> cell band x) |])
                    Notes = [||]
                }
    | Bars _
    | Heat _ -> None
