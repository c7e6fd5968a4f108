/// Accuracy on minimal pairs, one row per phenomenon.
module internal ReLoRA.Analysis.PairsTable

/// The rows of the evaluation at the last step of each finished cell.
let lastOfFinished (frames: Frames) =
    let isAtEnd = Finals.isAtEnd frames.Cells
    frames.Pairs |> Array.filter (fun row -> isAtEnd row.Cell row.Step)

/// Right answers among all pairs of the rows.
let proportion (rows: PairsRow[]) =
    Statistics.wilson (rows |> Array.sumBy _.Correct) (rows |> Array.sumBy _.Pairs)

let private accuracy (rows: PairsRow[]) =
    if rows.Length = 0 then
        ""
    else
        let found = proportion rows
        $"{Figures.share found.Value} [{Figures.share found.Low}, {Figures.share found.High}]"

/// Every phenomenon counts the same; NaN of nothing.
let mean (rows: PairsRow[]) =
    rows
    |> Array.groupBy _.Phenomenon
    |> Array.map (fun (_, same) -> (proportion same).Value)
    |> Statistics.mean

/// Each arm with the rows of its finished cells' last evaluation.
let byArm (frames: Frames) =
    let rows = lastOfFinished frames

    SummaryTable.arms frames
    |> Array.map (fun (arm, cells) ->
        let ids = cells |> Array.map _.Cell |> Set.ofArray
        arm, rows |> Array.filter (fun row -> ids.Contains row.Cell))

/// The phenomena of the last evaluations, in the order of the suite.
let phenomena (frames: Frames) =
    lastOfFinished frames |> Array.map _.Phenomenon |> Array.distinct

let build (frames: Frames) : Table =
    let arms = byArm frames

    let phenomenon name =
        let cell (_, ofArm: PairsRow[]) =
            ofArm |> Array.filter (fun row -> row.Phenomenon = name) |> accuracy

        [| name; yield! arms |> Array.map cell |]

    let means (_, ofArm: PairsRow[]) =
        if ofArm.Length = 0 then "" else Figures.share (mean ofArm)

    {
        Title = $"{frames.Sweep}: accuracy on minimal pairs at the end of training"
        Columns = [| "phenomenon"; yield! arms |> Array.map fst |]
        Rows =
            [|
                yield! phenomena frames |> Array.map phenomenon
                [| "mean"; yield! arms |> Array.map means |]
            |]
        Notes =
            [|
                "Share of the pairs whose good sentence is strictly more probable, pooled over the seeds that have finished, with Wilson's 95 % interval. Chance is 0.5. The seeds score the same pairs, so the interval says little of other pairs. Mean: each phenomenon counts the same."
            |]
    }
