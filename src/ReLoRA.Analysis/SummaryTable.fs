/// One row per arm: what came out.
module internal ReLoRA.Analysis.SummaryTable

open System
open System.Collections.Generic

/// The arms in the plan's order, with their cells.
let arms (frames: Frames) = frames.Cells |> Array.groupBy _.Arm

/// The worse of several verdicts counts: a reset that changed the function in one seed did so.
let severity verdict =
    match verdict with
    | "kept" -> 0
    | "nothing merged" -> 1
    | _ -> 2

/// The resets of an arm by number, each as it went in its worst seed.
let worstResets (frames: Frames) (cells: CellRow[]) =
    let ids = cells |> Array.map _.Cell |> Set.ofArray

    let jump (reset: ResetRow) =
        if Double.IsNaN reset.Jump then infinity else reset.Jump

    frames.Resets
    |> Array.filter (fun reset -> ids.Contains reset.Cell)
    |> Array.groupBy _.Number
    |> Array.sortBy fst
    |> Array.map (fun (_, resets) -> resets |> Array.maxBy (fun reset -> severity reset.Verdict, jump reset))

let private resetCounts (cells: CellRow[]) (resets: ResetRow[]) =
    match resets with
    | [||] when cells |> Array.exists (fun cell -> cell.State = "finished") -> "none"
    | [||] -> ""
    | resets ->
        resets
        |> Array.countBy _.Verdict
        |> Array.map (fun (verdict, count) -> $"{count} {verdict}")
        |> String.concat ", "

let private seedCount (evals: IReadOnlyDictionary<string, EvalRow>) (cells: CellRow[]) =
    let counted = cells |> Array.filter (fun cell -> evals.ContainsKey cell.Cell)

    if counted.Length = cells.Length then
        $"{cells.Length}"
    else
        $"{counted.Length} of {cells.Length}"

let private difference (evals: IReadOnlyDictionary<string, EvalRow>) (baselines: Set<string>) (cells: CellRow[]) =
    let pairs = Finals.pairedLosses evals cells

    if cells |> Array.exists (fun cell -> baselines.Contains cell.Cell) then
        "baseline"
    elif pairs.Length = 0 then
        ""
    else
        let found = Statistics.pairedDifference 0.95 pairs

        if found.Pairs = 1 then
            $"{Figures.difference found.Mean} (1 pair)"
        else
            $"{Figures.difference found.Mean} [{Figures.difference found.Low}, {Figures.difference found.High}]"

let private row (frames: Frames) evals baselines (arm: string, cells: CellRow[]) =
    let counted = cells |> Array.choose (fun cell -> Finals.tryFind evals cell.Cell)

    let rates = cells |> Array.map _.TokensPerSecond |> Array.filter Double.IsFinite

    [|
        arm
        seedCount evals cells
        Figures.meanAndDeviation (counted |> Array.map _.Loss)
        Figures.ofValues Figures.perplexity (counted |> Array.map _.Perplexity)
        Figures.ofValues Figures.perplexity (counted |> Array.map _.MacroPerplexity)
        difference evals baselines cells
        resetCounts cells (worstResets frames cells)
        Figures.ofValues Figures.rate rates
    |]

/// More cells that have not started than this are counted and not named.
let private mostNamed = 5

/// The problems as notes; a sweep that has just begun is no page of names.
let problems (frames: Frames) =
    let problems = frames.Problems

    let isWaiting (problem: FrameProblem) =
        problem.Kind = FrameProblemKind.NotStarted

    let waiting = problems |> Array.filter isWaiting |> Array.length

    if waiting <= mostNamed then
        problems |> Array.map _.Text
    else
        [|
            yield! problems |> Array.filter (isWaiting >> not) |> Array.map _.Text
            $"{waiting} cells have not started and are not counted."
        |]

/// How the columns are to be read.
let private legend =
    [|
        "Loss: nats per token, mean ± sample standard deviation over seeds. Perplexity: token-weighted; macro: each domain counts the same; means over seeds."
        "Loss - baseline: mean of the differences paired by seed, with Student's 95 % interval. Below zero is better than the baseline."
        "Resets: by number, as they went in the worst seed. Tokens/s: median over steps, mean over seeds."
    |]

/// The table with its legend alone, for a page that tells the problems elsewhere.
let figures (frames: Frames) : Table =
    let evals = frames.FinalEvals()

    let baselines =
        frames.Cells
        |> Array.map _.Baseline
        |> Array.filter (fun id -> id <> "")
        |> Set.ofArray

    {
        Title = $"{frames.Sweep}: validation at the end of training"
        Columns =
            [|
                "arm"
                "seeds"
                "loss"
                "perplexity"
                "macro"
                "loss - baseline"
                "resets"
                "tokens/s"
            |]
        Rows = arms frames |> Array.map (row frames evals baselines)
        Notes = legend
    }

let build (frames: Frames) : Table =
    { figures frames with
        Notes = Array.append legend (problems frames)
    }
