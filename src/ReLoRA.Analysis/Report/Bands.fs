namespace ReLoRA.Analysis.Report

open System
open ReLoRA.Analysis

module internal Bands =
    /// More points than this are not told apart on a screen.
    let private mostPoints = 400

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

    /// Trailing means over a window, thinned to what a screen can show; the last point always stays.
    let smooth (points: (float * float)[]) =
        let window = max 1 (points.Length / 40)
        let stride = max 1 (points.Length / mostPoints)

        [|
            for last in 0 .. points.Length - 1 do
                if last % stride = 0 || last = points.Length - 1 then
                    let first = max 0 (last - window + 1)
                    fst points[last], Statistics.mean (Array.map snd points[first..last])
        |]
