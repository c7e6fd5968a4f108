/// Which resets did what they promise, in words.
module internal ReLoRA.Analysis.Report.ResetFindings

open System
open ReLoRA.Analysis

/// More broken promises than this are counted and not named.
let private mostNamed = 10

let private broke (reset: ResetRow) =
    reset.PreservesFunction && reset.Verdict = "changed"

let private named (frames: Frames) (reset: ResetRow) =
    let cell = frames.Cells |> Array.find (fun cell -> cell.Cell = reset.Cell)

    $"Reset {reset.Number} of {cell.Label} ({cell.Cell}) at step {reset.Step} FAILED its proof: the logits jumped by {Figures.small reset.Jump} of their size where {Figures.small reset.JumpBound} is allowed, and {Figures.small reset.Lost} of the adapters' contribution was lost where {Figures.small reset.LostBound} is allowed."

let private ofArm (frames: Frames) (arm: string, cells: CellRow[]) =
    let ids = cells |> Array.map _.Cell |> Set.ofArray
    let found = frames.Resets |> Array.filter (fun reset -> ids.Contains reset.Cell)

    let count verdict =
        found |> Array.filter (fun reset -> reset.Verdict = verdict) |> Array.length

    if found.Length = 0 then
        None
    else
        let promise =
            if found |> Array.forall _.PreservesFunction then
                "They promise to keep it."
            else
                "Their rule does not promise to keep it."

        Some
            $"""Of {arm}'s {found.Length} resets over all seeds, {count "kept"} kept the model's function, {count "changed"} changed it and {count "nothing merged"} merged nothing. {promise}"""

let sentences (frames: Frames) =
    let broken = frames.Resets |> Array.filter broke

    [|
        yield! broken |> Array.truncate mostNamed |> Array.map (named frames)
        if broken.Length > mostNamed then
            $"{broken.Length - mostNamed} more resets FAILED their proof."
        if broken.Length = 0 && frames.Resets |> Array.exists _.PreservesFunction then
            "No reset that promises to keep the model's function failed its proof."
        yield! SummaryTable.arms frames |> Array.choose (ofArm frames)
    |]
