/// Minimal pairs at the end of training, pooled over seeds.
module internal ReLoRA.Analysis.Report.PairsSection

open System
open ReLoRA.Analysis

let private bar (rows: PairsRow[]) phenomenon =
    match rows |> Array.filter (fun row -> row.Phenomenon = phenomenon) with
    | [||] -> { Value = nan; Low = nan; High = nan }: Bar
    | found ->
        let share = PairsTable.proportion found

        {
            Value = share.Value
            Low = share.Low
            High = share.High
        }

let private chart (frames: Frames) (phenomena: string[]) =
    {
        Id = "pairs"
        Title = "Accuracy on minimal pairs by phenomenon"
        X = Axis.linear ""
        Y = Axis.linear "accuracy"
        Rules = [| 0.5 |]
        Content =
            Bars(
                phenomena,
                PairsTable.byArm frames
                |> Array.filter (fun (_, rows) -> rows.Length > 0)
                |> Array.map (fun (arm, rows) -> arm, phenomena |> Array.map (bar rows))
            )
        Note = "Bars: share of the pairs got right; whiskers: Wilson's 95 % interval; dashed: chance."
    }

/// A chart with intervals, and the table of the same figures.
let blocks (frames: Frames) =
    match PairsTable.phenomena frames with
    | [||] when frames.Pairs.Length > 0 -> [| Paragraph "Not evaluated at the end of any finished cell." |]
    | [||] -> [| Paragraph "Not evaluated: the logs hold no minimal pairs." |]
    | phenomena ->
        [|
            Figure(chart frames phenomena)
            TableOf(PairsTable.build frames)
            match PairedPairsTable.build frames with
            | Some table ->
                Heading "Against the baseline, pair by pair"
                TableOf table
            | None -> ()
        |]
