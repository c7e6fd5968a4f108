namespace ReLoRA.Analysis.Report

open System
open ReLoRA.Analysis

module internal Bands =
    /// More points of one line than this are not told apart on a screen.
    let private mostPoints = 400

    /// And more of a chart make the page slow and large.
    let private mostOfChart = 12000

    /// The cells of an arm that its line is the mean of: those that have finished, or all while none has. A seed that ends early would
    /// have the line jump.
    let counted (cells: CellRow[]) =
        match cells |> Array.filter (fun cell -> cell.State = "finished") with
        | [||] -> cells
        | finished -> finished
        |> Array.map _.Cell
        |> Array.distinct

    /// Groups in which every seed that has any point has one.
    let private complete (keyOf: 'point -> 'key) (seeds: 'point[][]) =
        let seeds = seeds |> Array.filter (fun points -> points.Length > 0)

        seeds
        |> Array.collect (Array.groupBy keyOf)
        |> Array.groupBy fst
        |> Array.filter (fun (_, ofSeeds) -> ofSeeds.Length = seeds.Length)
        |> Array.map (fun (key, ofSeeds) -> key, ofSeeds |> Array.collect snd)
        |> Array.sortBy fst

    let private band name (xs: float[]) (values: float[][]) =
        {
            Name = name
            X = xs
            Mean = values |> Array.map Statistics.mean
            Low = values |> Array.map Array.min
            High = values |> Array.map Array.max
            IsReference = false
        }

    /// Seeds' points (place on the axis, order there, value) as one band, where all seeds have one. Figures that are not finite are left out.
    let over (name: string) (seeds: (float * int * float)[][]) =
        let groups =
            seeds
            |> Array.map (Array.filter (fun (_, _, value) -> Double.IsFinite value))
            |> complete (fun (x, order, _) -> x, order)

        band
            name
            (groups |> Array.map (fun ((x, _), _) -> x))
            (groups
             |> Array.map (fun (_, points) -> points |> Array.map (fun (_, _, value) -> value)))

    /// Seeds' points (step, place on the axis, value) as one band, where the seeds' places differ at a step: the place is their mean too.
    let aligned (name: string) (seeds: (int64 * float * float)[][]) =
        let groups =
            seeds
            |> Array.map (Array.filter (fun (_, x, value) -> Double.IsFinite x && Double.IsFinite value))
            |> complete (fun (step, _, _) -> step)

        let over pick =
            groups |> Array.map (fun (_, points) -> points |> Array.map pick)

        band name (over (fun (_, x, _) -> x) |> Array.map Statistics.mean) (over (fun (_, _, value) -> value))

    /// Trailing means over a share of the steps of the longest run, at steps that all runs of a chart have in common; a run's last step stays.
    let smoothed (share: int64) (most: int) (longest: int64) (points: (int64 * float)[]) =
        let window = max 1L (longest / share)
        let stride = max 1L (longest / int64 most)

        [|
            let mutable first = 0

            for index in 0 .. points.Length - 1 do
                let step = fst points[index]

                while fst points[first] <= step - window do
                    first <- first + 1

                if step % stride = 0L || index = points.Length - 1 then
                    step, Statistics.mean (Array.map snd points[first..index])
        |]

    /// The same for so many lines of one chart, thinned to what a screen can show.
    let smooth (lines: int) =
        smoothed 40L (max 20 (min mostPoints (mostOfChart / max 1 lines)))
