// The tables of docs/experiments/resets.md, from the logs: dotnet fsi docs/experiments/resets/verdict.fsx RUNS, after dotnet build.
#I "../../../src/ReLoRA.Cli/bin/Debug/net10.0"
#r "ReLoRA.Results.dll"
#r "ReLoRA.Analysis.dll"

open System
open System.Collections.Generic
open System.Globalization
open ReLoRA.Analysis
open ReLoRA.Analysis.Inference

/// Decided before the first run: sweeps/resets.csx.
let margin, confidence = 0.02, 0.95

CultureInfo.CurrentCulture <- CultureInfo.InvariantCulture

let runs =
    match fsi.CommandLineArgs with
    | [| _; runs |] -> runs
    | _ -> failwith "usage: verdict.fsx RUNS"

let arms =
    [ "full rank"; "full rank, jags"; "Exact"; "PaperSingleGpu"; "PaperAsRun" ]

let armOf (frames: Frames) =
    let kind = frames.Knob "Schedule.Kind"

    fun (cell: CellRow) ->
        match cell.Method, kind.Text cell.Cell with
        | "FullRank", "JaggedCosine" -> "full rank, jags"
        | "FullRank", _ -> "full rank"
        | _ -> cell.Semantics

let number (value: float) = value.ToString "0.0000"
let signed format (value: float) = value.ToString $"+{format};-{format}"

let row (cells: string seq) =
    printfn "| %s |" (String.Join(" | ", cells))

let header cells =
    row cells
    row (cells |> List.map (fun _ -> "---"))

let orDash format values =
    if Array.isEmpty values then
        "-"
    else
        format (Array.average values)

let title (text: string) = printfn "\n## %s\n" text

let screen = Frames.OfSweep(runs, "screen")
let armOfScreened = armOf screen
let rate = screen.Knob "Optimizer.LearningRate"
let screened = screen.FinalEvals()
let rates = [ 0.001; 0.003; 0.006; 0.012; 0.024; 0.048 ]

title "The screen: held-out loss at the end, one seed"
header ("arm" :: (rates |> List.map string))

/// What a cell that was stopped had come to: the mean training loss of its last steps.
let stopped (cell: CellRow) =
    let steps = screen.Steps |> Array.filter (fun step -> step.Cell = cell.Cell)

    if steps.Length < 100 then
        "-"
    else
        let last = Array.last(steps).Step

        let loss = steps |> Array.skip (steps.Length - 50) |> Array.averageBy _.Loss

        $"stopped at {last}: {loss:F2}"

for arm in arms do
    row
        [
            arm
            for one in rates do
                screen.Cells
                |> Array.tryFind (fun cell -> armOfScreened cell = arm && rate.NumberOr(cell.Cell, 0.0) = one)
                |> Option.map (fun cell ->
                    match screened.TryGetValue cell.Cell with
                    | true, eval -> number eval.Loss
                    | _ -> stopped cell)
                |> Option.defaultValue "-"
        ]

let frames = Frames.OfSweep(runs, "resets")
let losses = frames.FinalEvals()
printfn ""

for problem in frames.Problems do
    printfn "! %s" problem.Text

/// An arm's figures.
let figures (figure: CellRow -> float) arm =
    frames.Cells
    |> Array.filter (fun cell -> cell.Arm = arm)
    |> Array.map figure
    |> Array.filter Double.IsFinite

let lossOf (evals: IReadOnlyDictionary<string, EvalRow>) (cell: CellRow) =
    match evals.TryGetValue cell.Cell with
    | true, eval -> eval.Loss
    | _ -> nan

let loss = lossOf losses

let differences figure one other =
    frames.Differences(one, other, Func<CellRow, float> figure)

let decide (differences: float[]) =
    if differences.Length < 2 then
        "one seed"
    else
        Margins.Decide(differences, margin, confidence).Text

title "The verdict: differences of held-out loss at the end, paired by seed"
header [ "less"; "of"; "by seed"; "mean"; "decision" ]

for one, other in List.allPairs arms arms do
    if List.findIndex ((=) one) arms > List.findIndex ((=) other) arms then
        let found = differences loss one other

        if found.Length > 0 then
            row
                [
                    other
                    one
                    String.Join(", ", found |> Array.map (signed "0.0000"))
                    signed "0.0000" (Array.average found)
                    decide found
                ]

let task name group item metric (cell: CellRow) =
    frames.Tasks
    |> Array.tryFindBack (fun task ->
        task.Cell = cell.Cell
        && task.Step = cell.Steps
        && task.Task = name
        && task.Group = group
        && task.Name = item
        && task.Metric = metric)
    |> Option.map _.Value
    |> Option.defaultValue nan

let sources =
    frames.Tasks
    |> Array.filter (fun task -> task.Task = "perplexity" && task.Group = "source")
    |> Array.map _.Name
    |> Array.distinct
    |> Array.toList

/// 16 sequences of 256.
let tokensOfStep = 4096.0

let measured =
    [
        "loss", "0.0000", loss
        for source in sources do
            $"perplexity of {source}", "0.0", task "perplexity" "source" source "perplexity"
        "macro perplexity", "0.0", task "perplexity" "overall" "" "macro_perplexity"
        "BLiMP", "0.0000", task "blimp" "overall" "" "accuracy"
        "hours of a core, at its median speed",
        "0.00",
        (fun cell -> float cell.Steps * tokensOfStep / cell.TokensPerSecond / 3600.0)
        "operations of training, T", "0.0", (fun cell -> cell.TrainingOperations / 1e12)
        "peak memory, MiB", "0", (fun cell -> cell.PeakMemoryBytes / 1048576.0)
    ]

title "At the end: means over seeds, and in brackets what they are more than full rank's, with 95 % intervals of pairs"

header ("figure" :: arms)

for name, format, figure in measured do
    let text (value: float) = value.ToString format
    let signed = signed format

    row
        [
            name
            for arm in arms do
                let found =
                    differences figure arm (List.head arms)
                    |> Array.map (fun one -> one, 0.0)
                    |> Statistics.pairedDifference confidence

                let mean = figures figure arm |> orDash text

                if arm = List.head arms || not (Double.IsFinite found.Low) then
                    mean
                else
                    $"{mean} ({signed found.Mean} [{signed found.Low}, {signed found.High}])"
        ]

/// The cells that tell of an arm, and where they are: all of its seeds, or the screen's best while there are none.
let cellsOf arm =
    let seeds =
        frames.Cells
        |> Array.filter (fun cell -> cell.Arm = arm && losses.ContainsKey cell.Cell)

    if seeds.Length > 0 then
        frames, seeds |> Array.map _.Cell
    else
        screen,
        screen.Cells
        |> Array.filter (fun cell -> armOfScreened cell = arm && screened.ContainsKey cell.Cell)
        |> Array.sortBy (fun cell -> screened[cell.Cell].Loss)
        |> Array.truncate 1
        |> Array.map _.Cell

title "Resets"

header
    [
        "arm"
        "resets"
        "verdicts"
        "of what the adapters had learned, lost"
        "adapters' rank after"
    ]

for arm in List.skip 2 arms do
    let source, cells = cellsOf arm

    let resets =
        source.Resets |> Array.filter (fun reset -> Array.contains reset.Cell cells)

    if resets.Length > 0 then
        let lost = resets |> Array.filter _.LostTestable |> Array.map _.Lost

        let verdicts =
            resets
            |> Array.countBy _.Verdict
            |> Array.map (fun (verdict, count) -> $"{count} {verdict}")

        row
            [
                arm
                string resets.Length
                String.Join(", ", verdicts)
                (if lost.Length = 0 then
                     "-"
                 else
                     $"{Array.min lost:G3} to {Array.max lost:G3}")
                $"{resets |> Array.map _.AdapterRank |> Array.min:G3} to {resets |> Array.map _.AdapterRank |> Array.max:G3}"
            ]

/// Means of ranks over all linears and cells at steps, and geometric ones of condition numbers.
let insideOf (source: Frames) cells steps metric target =
    [
        for step in steps do
            let values =
                source.Probes
                |> Array.filter (fun probe ->
                    probe.Metric = metric
                    && probe.Of = target
                    && probe.Moment = "step"
                    && probe.Step = step
                    && Array.contains probe.Cell cells
                    && Double.IsFinite probe.Value)
                |> Array.map _.Value

            if metric = "condition_number" then
                values |> Array.map log |> orDash (fun mean -> (exp mean).ToString "0")
            else
                values |> orDash _.ToString("0.00")
    ]

let insideAt = [ 200L; 400L; 1000L; 2000L ]

title
    $"""Inside, at steps {String.Join(", ", insideAt)}: means over all linears and seeds, without those that have no figure"""

header
    [
        "arm"
        for metric in [ "effective rank"; "condition number" ] do
            for target in [ "weights"; "update" ] do
                $"{metric}, {target}"
    ]

for arm in arms do
    let source, cells = cellsOf arm

    row
        [
            arm
            for metric in [ "effective_rank"; "condition_number" ] do
                for target in [ "weight"; "cumulative_update" ] do
                    String.Join(" ", insideOf source cells insideAt metric target)
        ]

let parts = Frames.OfSweep(runs, "parts")

let partLoss = lossOf (parts.FinalEvals())

let partRows =
    [
        for arm in parts.Cells |> Array.map _.Arm |> Array.distinct do
            let less = parts.Differences(arm, "Exact", Func<CellRow, float> partLoss)

            if less.Length > 0 && arm <> "Exact" && arm <> "full rank" then
                let finished =
                    parts.Cells
                    |> Array.filter (fun cell -> cell.Arm = arm && Double.IsFinite(partLoss cell))

                let cells = finished |> Array.map _.Cell

                let resets =
                    parts.Resets |> Array.filter (fun reset -> Array.contains reset.Cell cells)

                let kept = resets |> Array.filter (fun reset -> reset.Verdict = "kept")

                [
                    arm
                    String.Join(", ", finished |> Array.map (partLoss >> number))
                    String.Join(", ", less |> Array.map (signed "0.0000"))
                    decide less
                    $"{kept.Length} of {resets.Length}"
                    for target in [ "weight"; "cumulative_update" ] do
                        String.Join(" ", insideOf parts cells insideAt "effective_rank" target)
                ]
    ]

if not partRows.IsEmpty then
    title "Parts: Exact changed in one thing, at Exact's rate"

    header
        [
            "Exact, but"
            "loss, by seed"
            "less Exact, by seed"
            "decision"
            "resets kept"
            "effective rank, weights"
            "effective rank, update"
        ]

    List.iter row partRows
