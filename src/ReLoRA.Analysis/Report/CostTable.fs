/// One row per arm, and per method where that is something else: what a cell took.
module internal ReLoRA.Analysis.Report.CostTable

open System
open ReLoRA.Analysis

let private told write value =
    if Double.IsFinite value then write value else ""

let private hours = told Figures.hours
let private operations = told Figures.small

let private row (data: ReportData) (hasEnergy: bool) (name: string, cells: CellRow[]) =
    let cost = Costs.ofCells data cells

    let parameters pick =
        cells
        |> Array.map pick
        |> Array.filter (fun count -> count > 0L)
        |> Array.distinct
        |> Array.map (float >> Figures.rate)
        |> String.concat ", "

    [|
        name
        string cost.Cells
        told Figures.rate cost.Tokens
        told Figures.rate cost.TokensPerSecond
        hours cost.DeviceHours
        hours cost.TrainingHours
        hours cost.EvaluationHours
        hours cost.ProbingHours
        hours cost.ResettingHours
        hours cost.SavingHours
        operations cost.TrainingOperations
        operations cost.EvaluationOperations
        told Figures.rate (cost.PeakMemoryBytes / 1048576.0)
        if hasEnergy then
            told Figures.rate (cost.Joules / 1000.0)
        parameters _.Parameters
        parameters _.TrainableParameters
    |]

let private methodOf (cell: CellRow) =
    match cell.Method, cell.Semantics with
    | "", _ -> ""
    | method, "" -> $"all of {method}"
    | method, semantics -> $"all of {method}, {semantics}"

let build (data: ReportData) : Table =
    let arms = SummaryTable.arms data.Frames

    let methods =
        data.Frames.Cells
        |> Array.groupBy methodOf
        |> Array.filter (fun (name, _) -> name <> "")

    let all = Costs.ofCells data data.Frames.Cells
    let hasEnergy = Double.IsFinite all.Joules

    {
        Title = $"{data.Frames.Sweep}: what a cell took"
        Columns =
            [|
                "arm"
                "cells"
                "tokens"
                "tokens/s"
                "device-hours"
                "training h"
                "evaluation h"
                "probes h"
                "resets h"
                "saving h"
                "training FLOPs"
                "evaluation FLOPs"
                "peak memory, MiB"
                if hasEnergy then
                    "energy, kJ"
                "parameters"
                "trained"
            |]
        Rows =
            [|
                yield! arms |> Array.map (row data hasEnergy)
                if methods.Length < arms.Length then
                    yield! methods |> Array.map (row data hasEnergy)
            |]
        Notes =
            [|
                "Means over the finished cells; peak memory: the largest of a worker, on the host, in its last sitting: what a GPU held is not in it. Tokens/s: median over steps. Empty: the logs do not tell, for they are of an older version or no cell has finished."
                "Device-hours are hours of one worker. FLOPs: floating-point operations by the formula of docs/training-engine.md, not counted by the machine."
                if hasEnergy then
                    $"Energy by {all.Meter}: of the whole device, what else ran on it included."
                else
                    "Energy: no counter could be read where these cells ran."
            |]
    }
