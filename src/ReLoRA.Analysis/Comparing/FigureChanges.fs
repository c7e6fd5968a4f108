/// The figures of matched cells, by arm.
module internal ReLoRA.Analysis.Comparing.FigureChanges

open System
open ReLoRA.Analysis

let private change isRatio arm figure (values: (float * float)[]) =
    let paired =
        values
        |> Array.filter (fun (a, b) -> Double.IsFinite a && Double.IsFinite b && (not isRatio || (a > 0.0 && b > 0.0)))

    if paired.Length = 0 then
        None
    else
        let scale value = if isRatio then log value else value
        let back value = if isRatio then exp value else value

        let found =
            paired
            |> Array.map (fun (a, b) -> scale b, scale a)
            |> Statistics.pairedDifference 0.95

        Some
            {
                Arm = arm
                Figure = figure
                IsRatio = isRatio
                Pairs = found.Pairs
                A = paired |> Array.averageBy fst
                B = paired |> Array.averageBy snd
                Equal = paired |> Array.forall (fun (a, b) -> a = b)
                Change = back found.Mean
                Low = back found.Low
                High = back found.High
            }

/// The figures of the last evaluation of each finished cell on tasks, by name.
let private lastTasks (frames: Frames) =
    let finished = frames.FinalEvals()

    frames.Tasks
    |> Array.filter (fun row -> row.Group = "overall" && row.Moment = "step" && finished.ContainsKey row.Cell)
    |> Array.groupBy (fun row -> row.Cell, $"{row.Task} on {row.Data}: {row.Metric}")
    |> Array.map (fun (key, rows) -> key, (Array.last rows).Value)
    |> Map.ofArray

let private accuracies (frames: Frames) =
    PairsTable.lastOfFinished frames
    |> Array.groupBy _.Cell
    |> Array.map (fun (cell, rows) -> cell, PairsTable.mean rows)
    |> Map.ofArray

let find (a: Frames) (b: Frames) (pairs: (CellRow * CellRow)[]) : FigureChange[] =
    let evalsA, evalsB = a.FinalEvals(), b.FinalEvals()
    let tasksA, tasksB = lastTasks a, lastTasks b
    let pairsA, pairsB = accuracies a, accuracies b
    let tasks = tasksA.Keys |> Seq.map snd |> Seq.distinct |> Seq.toArray

    let ofEval (pick: EvalRow -> float) (one: CellRow, other: CellRow) =
        match evalsA.TryGetValue one.Cell, evalsB.TryGetValue other.Cell with
        | (true, first), (true, second) -> Some(pick first, pick second)
        | _ -> None

    let both (first: Map<'key, float>) (second: Map<'key, float>) (keyA, keyB) =
        match first.TryFind keyA, second.TryFind keyB with
        | Some one, Some other -> Some(one, other)
        | _ -> None

    let ofCell (pick: CellRow -> float) (one: CellRow, other: CellRow) = Some(pick one, pick other)

    pairs
    |> Array.groupBy (fun (one, _) -> one.Arm)
    |> Array.collect (fun (arm, cells) ->
        let difference name pick =
            cells |> Array.choose pick |> change false arm name

        let ratio name pick =
            cells |> Array.choose pick |> change true arm name

        [|
            difference "validation loss" (ofEval _.Loss)
            difference "perplexity" (ofEval _.Perplexity)
            difference "macro perplexity" (ofEval _.MacroPerplexity)
            difference "accuracy on minimal pairs" (fun (one, other) -> both pairsA pairsB (one.Cell, other.Cell))
            for task in tasks do
                difference task (fun (one, other) -> both tasksA tasksB ((one.Cell, task), (other.Cell, task)))
            ratio "tokens/s" (ofCell _.TokensPerSecond)
            ratio "peak memory, bytes" (ofCell _.PeakMemoryBytes)
            ratio "seconds" (ofCell _.Seconds)
        |]
        |> Array.choose id)
