/// Figures of every linear over the steps, as colours.
module internal ReLoRA.Analysis.Report.HeatMaps

open System
open ReLoRA.Analysis

/// More maps of one figure than this are a wall, and no page for people.
let private mostArms = 12

/// Columns of one map, and figures of all maps of a metric: more make the page large.
let private mostColumns, mostFigures = 100, 30000

/// Columns at even distances; the last one stays.
let private thinned (most: int) (steps: int64[]) =
    if steps.Length <= most then
        steps
    else
        [| for column in 1..most -> steps[column * steps.Length / most - 1] |]

/// The moment that stands for a step where a probe looked several times.
let private precedence moment =
    match moment with
    | "step" -> 0
    | "after_reset" -> 1
    | "before_reset" -> 2
    | _ -> 3

/// Means over the seeds by step and linear.
let private means (rows: ProbeRow[]) =
    rows
    |> Array.groupBy _.Step
    |> Array.collect (fun (step, rows) ->
        let moment = rows |> Array.map _.Moment |> Array.distinct |> Array.minBy precedence

        rows
        |> Array.filter (fun row -> row.Moment = moment)
        |> Array.groupBy _.Layer
        |> Array.map (fun (layer, same) ->
            (step, layer), same |> Array.map _.Value |> Array.filter Double.IsFinite |> Statistics.mean))

/// One map an arm, all with one scale, of one metric of one kind of matrix.
let charts (frames: Frames) (resets: float[]) (title: string) (scale: Scale) (rows: ProbeRow[]) =
    let metric, subject = rows[0].Metric, rows[0].Of
    let layers = rows |> Array.map _.Layer |> Array.distinct
    let byCell = rows |> Array.groupBy _.Cell |> Map.ofArray

    let maps =
        SummaryTable.arms frames
        |> Array.indexed
        |> Array.choose (fun (index, (arm, cells)) ->
            let found =
                Bands.counted cells
                |> Array.collect (fun cell -> byCell.TryFind cell |> Option.defaultValue [||])
                |> means

            let usable =
                found
                |> Array.filter (fun (_, value) -> Double.IsFinite value && (scale = Linear || value > 0.0))

            if usable.Length = 0 then
                None
            else
                Some(index, arm, Map.ofArray usable))

    let values =
        maps |> Array.collect (fun (_, _, figures) -> figures.Values |> Seq.toArray)

    let map (index: int, arm: string, figures: Map<int64 * string, float>) =
        let columns =
            min mostColumns (mostFigures / (min mostArms maps.Length * layers.Length))
            |> max 8

        let steps =
            figures.Keys
            |> Seq.map fst
            |> Seq.distinct
            |> Seq.sort
            |> Seq.toArray
            |> thinned columns

        let shown =
            layers
            |> Array.map (fun layer ->
                steps
                |> Array.map (fun step -> figures.TryFind(step, layer) |> Option.defaultValue nan))

        {
            Id = $"heat-{metric}-{subject}-{index + 1}"
            Title = $"{arm}: {title} by linear over steps"
            X = Axis.linear "step"
            Y = Axis.linear ""
            Rules = resets
            Content =
                Heat
                    {
                        X = steps |> Array.map float
                        Y = layers
                        Values = shown
                        Lowest = Array.min values
                        Highest = Array.max values
                        Legend = metric.Replace('_', ' ')
                        Scale = scale
                    }
            Note =
                $"{arm}. Mean over seeds; the scale is that of all arms; dashed: resets. Of many steps a part is shown, at even distances."
        }

    let left = maps.Length - mostArms

    [|
        yield! maps |> Array.truncate mostArms |> Array.map (map >> Figure)
        if left > 0 then
            Note
                $"Maps of {left} more arms are left out: a page shows {mostArms} of a figure. relora export has all figures of all linears."
    |]
