/// The problems of frames, from their rows.
module internal ReLoRA.Analysis.FrameProblems

open System.Collections.Generic

let private problem kind cell text =
    {
        Kind = kind
        Cell = cell
        Text = text
    }

/// By cell, the names of what was measured beside the validation.
let figures (pairs: PairsRow[]) (tasks: TaskRow[]) (probes: ProbeRow[]) =
    let found = Dictionary<string, HashSet<string>>()

    let add cell what =
        match found.TryGetValue cell with
        | true, names -> names.Add what |> ignore
        | _ -> found[cell] <- HashSet [ what ]

    pairs |> Array.iter (fun row -> add row.Cell "minimal pairs")
    tasks |> Array.iter (fun row -> add row.Cell $"task {row.Task} on {row.Data}")
    // Full rank has no adapters: only figures of weights are asked of every cell.
    probes
    |> Array.iter (fun row ->
        if row.Of = "weight" then
            add row.Cell $"probe {row.Name}")

    found

let private named (cell: CellRow) =
    if cell.Label = cell.Cell then
        cell.Label
    else
        $"{cell.Label} ({cell.Cell})"

let private ofState (finalEval: string -> EvalRow option) (cell: CellRow) =
    let name = named cell

    [|
        match cell.State with
        | "not started" -> problem FrameProblemKind.NotStarted cell.Cell $"{name} has not started and is not counted."
        | "unreadable" ->
            problem
                FrameProblemKind.Unreadable
                cell.Cell
                $"{name}: the log cannot be read and the cell is not counted: {cell.Damage}"
        | "unfinished" when cell.Steps = 0L && cell.Damage = "" ->
            problem FrameProblemKind.Empty cell.Cell $"{name}: the log is empty, and the cell is not counted."
        | "unfinished" ->
            problem
                FrameProblemKind.Unfinished
                cell.Cell
                $"{name} is at step {cell.LastStep} of {cell.Steps} and is not counted."
        | "diverged" ->
            problem FrameProblemKind.Diverged cell.Cell $"{name} diverged at step {cell.LastStep} and is not counted."
        | _ ->
            match finalEval cell.Cell with
            | None ->
                problem
                    FrameProblemKind.NoValidation
                    cell.Cell
                    $"{name} has no validation of its last step, {cell.LastStep}, and is not counted."
            | Some eval when not (System.Double.IsFinite eval.Loss) ->
                problem
                    FrameProblemKind.NotFinite
                    cell.Cell
                    $"{name}: the last validation's loss is {eval.Loss}, no finite number; nothing can be concluded of it."
            | Some _ -> ()
        if cell.Damage <> "" && cell.State <> "unreadable" then
            problem FrameProblemKind.Damaged cell.Cell $"{name}: the log is damaged; left out: {cell.Damage}."
    |]

let private ofBaseline (hasEval: string -> bool) (find: string -> CellRow option) (cell: CellRow) =
    if cell.Baseline = "" || not (hasEval cell.Cell) || hasEval cell.Baseline then
        [||]
    else
        let why =
            match find cell.Baseline with
            | None -> "is not here"
            | Some baseline when baseline.State = "finished" -> "has no validation of its last step"
            | Some baseline -> $"is {baseline.State}"

        [|
            problem
                FrameProblemKind.NoBaseline
                cell.Cell
                $"{named cell}: its baseline {cell.Baseline} {why}, so that it is in no difference."
        |]

let private missing (found: Dictionary<string, HashSet<string>>) (cells: CellRow[]) =
    let of' (cell: CellRow) : string seq =
        match found.TryGetValue cell.Cell with
        | true, names -> names
        | _ -> Seq.empty

    let all = cells |> Seq.collect of' |> Seq.distinct |> Seq.toArray

    cells
    |> Array.choose (fun cell ->
        let lacking = all |> Array.except (of' cell)

        if lacking.Length = 0 then
            None
        else
            let what = String.concat ", " lacking

            problem FrameProblemKind.MissingFigure cell.Cell $"{named cell} lacks what other cells have: {what}."
            |> Some)

let private ofSeeds (cells: CellRow[]) =
    let single =
        cells
        |> Array.groupBy _.Arm
        |> Array.filter (fun (_, ofArm) -> ofArm |> Array.distinctBy _.Cell |> Array.length = 1)
        |> Array.map fst

    [|
        if single.Length > 0 && cells.Length > 1 then
            let arms = String.concat ", " single

            problem
                FrameProblemKind.OneSeed
                ""
                $"One seed only: {arms}. What another seed would change is not known: no interval, and nothing can be concluded of a difference."
        if
            cells |> Array.distinctBy _.Arm |> Array.length > 1
            && cells |> Array.forall (fun cell -> cell.Baseline = "")
        then
            problem
                FrameProblemKind.NoBaseline
                ""
                "No cell has a baseline: arms are shown side by side and not compared."
    |]

/// Of cells in their order, then of the whole.
let find (cells: CellRow[]) (finalEval: string -> EvalRow option) find (found: Dictionary<string, HashSet<string>>) =
    let hasEval cell = (finalEval cell).IsSome
    let counted = cells |> Array.filter (fun cell -> hasEval cell.Cell)

    [|
        yield!
            cells
            |> Array.collect (fun cell -> Array.append (ofState finalEval cell) (ofBaseline hasEval find cell))
        yield! missing found counted
        yield! ofSeeds counted
    |]
