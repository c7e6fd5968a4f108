/// Minimal pairs at the end of training, pooled over seeds.
module internal ReLoRA.Analysis.Report.PairsSection

open System
open ReLoRA.Analysis

let private bar (rows: PairsRow[]) phenomenon =
    match rows |> Array.filter (fun row -> row.Phenomenon = phenomenon) with
    | [||] -> nan, nan, nan
    | found ->
        let share = PairsTable.proportion found
        share.Value, share.Low, share.High

/// A chart with intervals, and the table of the same figures.
let body (frames: Frames) =
    match PairsTable.phenomena frames with
    | [||] when frames.Pairs.Length > 0 -> Html.paragraph "Not evaluated at the end of any finished cell."
    | [||] -> Html.paragraph "Not evaluated: the logs hold no minimal pairs."
    | phenomena ->
        String.Concat(
            PairsTable.byArm frames
            |> Array.filter (fun (_, rows) -> rows.Length > 0)
            |> Array.map (fun (arm, rows) -> arm, phenomena |> Array.map (bar rows))
            |> Charts.bars "accuracy" [| 0.5 |] phenomena
            |> Html.chart "chart-pairs" "Accuracy on minimal pairs by phenomenon",
            Html.note "Bars: share of the pairs got right; whiskers: Wilson's 95 % interval; dashed: chance.",
            Html.table (PairsTable.build frames),
            (match PairedPairsTable.build frames with
             | Some table -> "<h3>Against the baseline, pair by pair</h3>\n" + Html.table table
             | None -> "")
        )
