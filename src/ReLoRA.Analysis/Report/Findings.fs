/// Sentences that say what the numbers say, and nothing that they do not.
module internal ReLoRA.Analysis.Report.Findings

open System
open ReLoRA.Analysis

/// Fewer pairs than this earn a warning: Student's factor is above 2.7 there, and one odd seed decides.
let private fewPairs = 5

let private nats value = $"{Figures.loss (abs value)} nats"

let private compared arm baseline (found: PairedDifference) =
    let side = if found.Mean < 0.0 then "lower" else "higher"

    let interval =
        $"95 %% interval [{Figures.difference found.Low}, {Figures.difference found.High}]"

    if not (Double.IsFinite found.Mean) then
        $"Nothing can be concluded of {arm} against {baseline}: a loss among the {found.Pairs} paired seeds is no finite number."
    elif found.Pairs = 1 then
        $"{arm} is undecided against {baseline}: its validation loss is {nats found.Mean} {side} in the only pair of seeds, and one pair gives no interval."
    elif found.High < 0.0 then
        $"{arm} is better than {baseline}: its validation loss is {nats found.Mean} lower over {found.Pairs} paired seeds, and the {interval} excludes 0."
    elif found.Low > 0.0 then
        $"{arm} is worse than {baseline}: its validation loss is {nats found.Mean} higher over {found.Pairs} paired seeds, and the {interval} excludes 0."
    else
        $"{arm} is undecided against {baseline}: its validation loss is {nats found.Mean} {side} over {found.Pairs} paired seeds, but the {interval} includes 0."

/// Each arm with its baseline's arm and the pairs of losses.
let private comparisons (frames: Frames) =
    let evals = frames.FinalEvals()

    let arms =
        frames.Cells |> Array.map (fun cell -> cell.Cell, cell.Arm) |> Map.ofArray

    SummaryTable.arms frames
    |> Array.choose (fun (arm, cells) ->
        let pairs = Finals.pairedLosses evals cells

        let baseline =
            cells
            |> Array.tryPick (fun cell -> arms.TryFind cell.Baseline)
            |> Option.defaultValue "its baseline"

        if pairs.Length = 0 then
            None
        else
            Some(arm, baseline, Statistics.pairedDifference 0.95 pairs))

let private lowest (frames: Frames) =
    let evals = frames.FinalEvals()

    SummaryTable.arms frames
    |> Array.choose (fun (arm, cells) ->
        let losses =
            cells
            |> Array.choose (fun cell -> Finals.tryFind evals cell.Cell |> Option.map _.Loss)

        if losses.Length = 0 then
            None
        else
            Some(arm, Statistics.mean losses, losses.Length))
    |> Array.filter (fun (_, loss, _) -> Double.IsFinite loss)
    |> Array.sortBy (fun (_, loss, _) -> loss)
    |> Array.tryHead
    |> Option.map (fun (arm, loss, seeds) ->
        let counted = if seeds = 1 then "1 seed" else $"{seeds} seeds"
        $"The lowest mean validation loss is that of {arm}: {Figures.loss loss} nats per token over {counted}.")

let private cautions (comparisons: (string * string * PairedDifference)[]) =
    [|
        let pairs = comparisons |> Array.map (fun (_, _, found) -> found.Pairs)

        if pairs.Length > 0 && Array.min pairs < fewPairs then
            let counted =
                if Array.min pairs = 1 then
                    "1 pair of seeds"
                else
                    $"{Array.min pairs} pairs of seeds"

            $"Caution: some arms have only {counted}. Such intervals rest on the differences being normally distributed, and one more seed can move them a lot."

        if pairs.Length > 1 then
            $"The {pairs.Length} intervals are not corrected for being several."
    |]

/// Every arm's figure in one sentence, in the order of arms.
let private eachArm (what: string) (figures: (string * string)[]) =
    if figures.Length = 0 then
        None
    else
        let each = figures |> Array.map (fun (arm, figure) -> $"{arm} {figure}")
        Some $"""{what}: {String.concat ", " each}."""

let private pairs (frames: Frames) =
    PairsTable.byArm frames
    |> Array.filter (fun (_, rows) -> rows.Length > 0)
    |> Array.map (fun (arm, rows) -> arm, Figures.share (PairsTable.mean rows))
    |> eachArm "Mean accuracy on minimal pairs (chance 0.5)"

/// The effective rank of what was learned, at the end: mean over layers and seeds.
let private ranks (frames: Frames) =
    let rows =
        frames.Probes
        |> Array.filter (fun row ->
            row.Metric = "effective_rank"
            && row.Of = "cumulative_update"
            && Double.IsFinite row.Value)

    let ends =
        rows
        |> Array.groupBy _.Cell
        |> Array.map (fun (cell, found) -> cell, found |> Array.map _.Step |> Array.max)
        |> Map.ofArray

    SummaryTable.arms frames
    |> Array.choose (fun (arm, cells) ->
        let finished =
            cells
            |> Array.filter (fun cell -> cell.State = "finished")
            |> Array.map _.Cell
            |> Set.ofArray

        let last =
            rows
            |> Array.filter (fun row -> finished.Contains row.Cell && row.Step = ends[row.Cell] && row.Moment = "step")

        if last.Length = 0 then
            None
        else
            Some(arm, Figures.share (last |> Array.map _.Value |> Statistics.mean)))
    |> eachArm "Proportional effective rank of what the linears learned, at the end"

/// How much of the plan is done; empty where all of it is.
let unfinished (frames: Frames) =
    let finished = frames.Cells |> Array.filter (fun cell -> cell.State = "finished")

    if finished.Length = frames.Cells.Length then
        ""
    else
        let others =
            frames.Cells
            |> Array.filter (fun cell -> cell.State <> "finished")
            |> Array.countBy _.State
            |> Array.map (fun (state, count) -> $"{count} {state}")
            |> String.concat ", "

        $"This sweep is not complete: {finished.Length} of {frames.Cells.Length} cells are finished ({others}). The report shows what is there."

/// The findings, one sentence each.
let sentences (data: ReportData) =
    let frames = data.Frames
    let comparisons = comparisons frames

    [|
        match lowest frames with
        | Some sentence -> sentence
        | None when frames.FinalEvals().Count > 0 ->
            "No arm has a mean validation loss that is a finite number: none is the lowest."
        | None -> "No cell has finished with a validation: nothing can be concluded yet."
        yield!
            comparisons
            |> Array.map (fun (arm, baseline, found) -> compared arm baseline found)
        yield! ResetFindings.sentences frames
        yield! pairs frames |> Option.toArray
        yield! ranks frames |> Option.toArray
        yield! Costs.sentences data
        yield! cautions comparisons
    |]
