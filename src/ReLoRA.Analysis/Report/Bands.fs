namespace ReLoRA.Analysis.Report

open System
open ReLoRA.Analysis

module internal Bands =
    /// More points of one line than this are not told apart on a screen.
    let private mostPoints = 400

    /// And more of a chart make the page slow and large.
    let private mostOfChart = 12000

    /// Seeds' points (place on the axis, order there, value) as one band. Figures that are not finite are left out.
    let over (name: string) (seeds: (float * int * float)[][]) =
        let groups =
            seeds
            |> Array.concat
            |> Array.filter (fun (_, _, value) -> Double.IsFinite value)
            |> Array.groupBy (fun (x, order, _) -> x, order)
            |> Array.sortBy fst
            |> Array.map (fun ((x, _), points) -> x, points |> Array.map (fun (_, _, value) -> value))

        {
            Name = name
            X = groups |> Array.map fst
            Mean = groups |> Array.map (snd >> Statistics.mean)
            Low = groups |> Array.map (snd >> Array.min)
            High = groups |> Array.map (snd >> Array.max)
            IsReference = false
        }

    /// Seeds' points (step, place on the axis, value) as one band, where the seeds' places differ at a step: the place is their mean too.
    let aligned (name: string) (seeds: (int64 * float * float)[][]) =
        let groups =
            seeds
            |> Array.concat
            |> Array.filter (fun (_, x, value) -> Double.IsFinite x && Double.IsFinite value)
            |> Array.groupBy (fun (step, _, _) -> step)
            |> Array.sortBy fst

        let over pick =
            groups
            |> Array.map (fun (_, points) -> points |> Array.map (fun (_, _, value) -> value) |> pick)

        {
            Name = name
            X =
                groups
                |> Array.map (fun (_, points) -> points |> Array.map (fun (_, x, _) -> x) |> Statistics.mean)
            Mean = over Statistics.mean
            Low = over Array.min
            High = over Array.max
            IsReference = false
        }

    /// Trailing means over a window, thinned to what a screen can show of so many lines; the last point always stays.
    let smooth (lines: int) (points: ('place * float)[]) =
        let window = max 1 (points.Length / 40)
        let kept = max 20 (min mostPoints (mostOfChart / max 1 lines))
        let stride = max 1 (points.Length / kept)

        [|
            for last in 0 .. points.Length - 1 do
                if last % stride = 0 || last = points.Length - 1 then
                    let first = max 0 (last - window + 1)
                    fst points[last], Statistics.mean (Array.map snd points[first..last])
        |]
