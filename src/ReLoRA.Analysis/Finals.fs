/// What stands for the end of training.
module internal ReLoRA.Analysis.Finals

open System.Collections.Generic

/// Whether a figure of a cell and a step is of the end of a finished cell. An earlier one is none, even where damage left nothing later.
let isAtEnd (cells: CellRow[]) : string -> int64 -> bool =
    let ends =
        cells
        |> Array.filter (fun cell -> cell.State = "finished")
        |> Array.map (fun cell -> cell.Cell, cell.LastStep)
        |> Map.ofArray

    fun cell step -> ends.TryFind cell = Some step

/// The cell's evaluation among those of the end, if it has one.
let tryFind (evals: IReadOnlyDictionary<string, EvalRow>) (cell: string) : EvalRow option =
    match evals.TryGetValue cell with
    | true, eval -> Some eval
    | _ -> None

/// The last losses of cells and of their baselines, where both have one.
let pairedLosses (evals: IReadOnlyDictionary<string, EvalRow>) (cells: CellRow[]) : (float * float)[] =
    cells
    |> Array.choose (fun cell ->
        match tryFind evals cell.Cell, tryFind evals cell.Baseline with
        | Some eval, Some baseline -> Some(eval.Loss, baseline.Loss)
        | _ -> None)
