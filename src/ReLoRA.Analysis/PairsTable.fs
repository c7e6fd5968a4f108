/// Accuracy on minimal pairs, one row per phenomenon.
module internal ReLoRA.Analysis.PairsTable

/// The rows of the last evaluation of each finished cell.
let private lastOfFinished (frames: Frames) =
    let finished =
        frames.Cells
        |> Array.filter (fun cell -> cell.State = "finished")
        |> Array.map _.Cell
        |> Set.ofArray

    frames.Pairs
    |> Array.filter (fun row -> finished.Contains row.Cell)
    |> Array.groupBy _.Cell
    |> Array.collect (fun (_, rows) ->
        let last = rows |> Array.map _.Step |> Array.max
        rows |> Array.filter (fun row -> row.Step = last))

let private accuracy (rows: PairsRow[]) =
    if rows.Length = 0 then
        ""
    else
        let found =
            Statistics.wilson (rows |> Array.sumBy _.Correct) (rows |> Array.sumBy _.Pairs)

        $"{Figures.share found.Value} [{Figures.share found.Low}, {Figures.share found.High}]"

/// Every phenomenon counts the same.
let private mean (rows: PairsRow[]) =
    rows
    |> Array.groupBy _.Phenomenon
    |> Array.map (fun (_, same) -> float (same |> Array.sumBy _.Correct) / float (same |> Array.sumBy _.Pairs))
    |> Figures.ofValues Figures.share

let build (frames: Frames) : Table =
    let rows = lastOfFinished frames

    let byArm =
        SummaryTable.arms frames
        |> Array.map (fun (arm, cells) ->
            let ids = cells |> Array.map _.Cell |> Set.ofArray
            arm, rows |> Array.filter (fun row -> ids.Contains row.Cell))

    let phenomenon name =
        let cell (_, ofArm: PairsRow[]) =
            ofArm |> Array.filter (fun row -> row.Phenomenon = name) |> accuracy

        [| name; yield! byArm |> Array.map cell |]

    {
        Title = $"{frames.Sweep}: accuracy on minimal pairs at the end of training"
        Columns = [| "phenomenon"; yield! byArm |> Array.map fst |]
        Rows =
            [|
                yield! rows |> Array.map _.Phenomenon |> Array.distinct |> Array.map phenomenon
                [| "mean"; yield! byArm |> Array.map (snd >> mean) |]
            |]
        Notes =
            [|
                "Share of the pairs whose good sentence is strictly more probable, pooled over the seeds that have finished, with Wilson's 95 % interval. Chance is 0.5. The seeds score the same pairs, so the interval says little of other pairs. Mean: each phenomenon counts the same."
            |]
    }
