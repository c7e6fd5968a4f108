/// What training took, as the workers counted it.
module internal ReLoRA.Analysis.Report.Costs

open System
open ReLoRA.Analysis

/// Means over the finished cells of a group; NaN where no log tells.
type Cost =
    {
        /// Finished cells.
        Cells: int
        Tokens: float
        TokensPerSecond: float
        DeviceHours: float
        TrainingHours: float
        EvaluationHours: float
        ProbingHours: float
        ResettingHours: float
        SavingHours: float
        TrainingOperations: float
        EvaluationOperations: float
        PeakMemoryBytes: float
        Joules: float
        /// The counter that the energy comes from, or empty.
        Meter: string
    }

let private secondsOfHour = 3600.0

let private measured (data: ReportData) (cell: CellRow) key =
    match data.Ends.TryFind cell.Cell with
    | Some final -> LogRows.measured key final
    | None -> nan

let private meter (data: ReportData) (cell: CellRow) =
    match data.Ends.TryFind cell.Cell with
    | Some final ->
        match final.Measured.TryGetValue "energy_meter" with
        | true, (:? string as name) -> name
        | _ -> ""
    | None -> ""

/// The counters of energy by phase; together they are the cell's.
let private joules =
    [|
        "training_joules"
        "evaluation_joules"
        "probing_joules"
        "resetting_joules"
        "saving_joules"
    |]

let private energy (data: ReportData) (cell: CellRow) =
    match joules |> Array.map (measured data cell) |> Array.filter Double.IsFinite with
    | [||] -> nan
    | found -> Array.sum found

/// What the finished cells of a group took.
let ofCells (data: ReportData) (cells: CellRow[]) =
    let finished =
        cells
        |> Array.distinctBy _.Cell
        |> Array.filter (fun cell -> cell.State = "finished")

    let mean pick =
        finished |> Array.map pick |> Array.filter Double.IsFinite |> Statistics.mean

    let hours key =
        mean (fun cell -> measured data cell key / secondsOfHour)

    {
        Cells = finished.Length
        Tokens =
            mean (fun cell ->
                data.Ends.TryFind cell.Cell
                |> Option.map (fun final -> float final.Tokens)
                |> Option.defaultValue nan)
        TokensPerSecond = mean _.TokensPerSecond
        DeviceHours = mean (fun cell -> measured data cell "device_hours")
        TrainingHours = hours "training_seconds"
        EvaluationHours = hours "evaluation_seconds"
        ProbingHours = hours "probing_seconds"
        ResettingHours = hours "resetting_seconds"
        SavingHours = hours "saving_seconds"
        TrainingOperations = mean (fun cell -> measured data cell "training_operations")
        EvaluationOperations = mean (fun cell -> measured data cell "evaluation_operations")
        PeakMemoryBytes =
            finished
            |> Array.map _.PeakMemoryBytes
            |> Array.filter Double.IsFinite
            |> fun bytes -> if bytes.Length = 0 then nan else Array.max bytes
        Joules = mean (energy data)
        Meter = finished |> Array.map (meter data) |> Array.distinct |> String.concat ", "
    }

/// The arm that others are compared with: of a cell that is a baseline.
let private baselineOf (frames: Frames) (cells: CellRow[]) =
    let arms =
        frames.Cells |> Array.map (fun cell -> cell.Cell, cell.Arm) |> Map.ofArray

    cells |> Array.tryPick (fun cell -> arms.TryFind cell.Baseline)

let private ratio (what: string) (mine: float) (other: float) =
    if Double.IsFinite mine && Double.IsFinite other && other > 0.0 then
        Some $"{Figures.perplexity (mine / other)} times the {what}"
    else
        None

/// One sentence an arm that has a baseline: what it took against that.
let sentences (data: ReportData) =
    let arms = SummaryTable.arms data.Frames |> Map.ofArray

    SummaryTable.arms data.Frames
    |> Array.choose (fun (arm, cells) ->
        match baselineOf data.Frames cells with
        | Some baseline when baseline <> arm ->
            let mine, other = ofCells data cells, ofCells data arms[baseline]

            [|
                ratio "tokens" mine.Tokens other.Tokens
                ratio "device-hours" mine.DeviceHours other.DeviceHours
                ratio "hours of training steps" mine.TrainingHours other.TrainingHours
                ratio "training FLOPs" mine.TrainingOperations other.TrainingOperations
                ratio "peak memory" mine.PeakMemoryBytes other.PeakMemoryBytes
                ratio "energy" mine.Joules other.Joules
            |]
            |> Array.choose id
            |> fun ratios ->
                if ratios.Length = 0 then
                    None
                else
                    Some $"""{arm} took, against {baseline}, {String.concat ", " ratios}."""
        | _ -> None)
