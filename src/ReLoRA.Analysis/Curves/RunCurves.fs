namespace ReLoRA.Analysis.Curves

open System
open System.Collections.Generic
open ReLoRA.Analysis

/// Curves of finished runs out of frames. Others are named and left out: their curves would end where they stopped.
[<AbstractClass; Sealed>]
type RunCurves =
    static member private AxisName(axis: CurveAxis) = axis.ToString().ToLowerInvariant()

    static member private Of
        (frames: Frames, figure: string, axis: CurveAxis, points: Map<string, struct (float * float)[]>)
        =
        let read (cell: CellRow) =
            let left why =
                Error $"{cell.Label} ({cell.Cell}) {why}."

            match cell.State, points.TryFind cell.Cell with
            | "finished", Some found when found.Length > 0 ->
                let finite =
                    found
                    |> Array.filter (fun struct (at, value) -> Double.IsFinite at && Double.IsFinite value)

                if finite.Length = 0 then
                    left $"does not tell its {RunCurves.AxisName axis}, or has no finite figure"
                else
                    // An evaluation that was repeated at a step counts as it was last.
                    let last =
                        finite
                        |> Array.rev
                        |> Array.distinctBy (fun struct (at, _) -> at)
                        |> Array.sortBy (fun struct (at, _) -> at)

                    let note =
                        if finite.Length = found.Length then
                            ""
                        else
                            $"{cell.Label} ({cell.Cell}): {found.Length - finite.Length} of {found.Length} points are no finite numbers and are left out; the curve is straight there."

                    Ok(
                        {
                            Cell = cell.Cell
                            Arm = cell.Arm
                            Seed = cell.Seed
                            Baseline = cell.Baseline
                            At = last |> Array.map (fun struct (at, _) -> at)
                            Values = last |> Array.map (fun struct (_, value) -> value)
                        },
                        note
                    )
            | "finished", _ -> left "has no such figure"
            | state, _ -> left $"is {state}"

        let found =
            frames.Cells
            |> Array.distinctBy (fun cell -> cell.Cell, cell.Arm)
            |> Array.map read

        {
            Figure = figure
            Axis = axis
            Curves =
                found
                |> Array.choose (function
                    | Ok(curve, _) -> Some curve
                    | Error _ -> None)
            LeftOut =
                found
                |> Array.choose (function
                    | Error why -> Some why
                    | Ok(_, "") -> None
                    | Ok(_, note) -> Some note)
        }

    static member private Place(axis: CurveAxis) : StepRow -> float =
        match axis with
        | CurveAxis.Steps -> fun row -> float row.Step
        | CurveAxis.Operations -> _.Operations
        | CurveAxis.Seconds -> _.SecondsSoFar
        | _ -> fun row -> float row.Tokens

    /// Places of what is measured at a step and not of it: the seconds are those of the steps up to it.
    static member internal PlaceAfter(frames: Frames, axis: CurveAxis) =
        let seconds = Dictionary<struct (string * int64), float>()

        if axis = CurveAxis.Seconds then
            frames.Steps
            |> Array.iter (fun row -> seconds[struct (row.Cell, row.Step)] <- row.SecondsSoFar)

        let operations =
            frames.Cells
            |> Seq.distinctBy _.Cell
            |> Seq.map (fun cell -> cell.Cell, cell.OperationsPerToken)
            |> Map.ofSeq

        fun (cell: string) (step: int64) (tokens: int64) ->
            match axis with
            | CurveAxis.Steps -> float step
            | CurveAxis.Operations -> operations[cell] * float tokens
            | CurveAxis.Seconds when step = 0L -> 0.0
            | CurveAxis.Seconds ->
                match seconds.TryGetValue(struct (cell, step)) with
                | true, found -> found
                | _ -> nan
            | _ -> float tokens

    static member private ByCell(rows: (string * struct (float * float))[]) =
        rows
        |> Array.groupBy fst
        |> Array.map (fun (cell, found) -> cell, Array.map snd found)
        |> Map.ofArray

    /// <summary>
    /// The training loss, each point the mean of the last so many steps up to it; the first ones, which have fewer, are left out.
    /// </summary>
    /// <param name="frames">The frames.</param>
    /// <param name="axis">Over what.</param>
    /// <param name="window">Steps to average; 1 smooths nothing.</param>
    static member TrainingLoss(frames: Frames, axis: CurveAxis, window: int) : CurveSet =
        if window < 1 then
            invalidArg (nameof window) $"a window of {window} steps; allowed: at least 1"

        let place = RunCurves.Place axis

        let smoothed (rows: StepRow[]) =
            if rows.Length < window then
                [||]
            else
                Array.windowed window rows
                |> Array.map (fun last -> struct (place (Array.last last), last |> Array.averageBy _.Loss))

        let points =
            frames.Steps
            |> Array.groupBy _.Cell
            |> Array.map (fun (cell, rows) -> cell, smoothed rows)
            |> Map.ofArray

        let figure =
            if window = 1 then
                "training loss"
            else
                $"training loss, mean of the last {window} steps"

        RunCurves.Of(frames, figure, axis, points)

    /// <summary>The validation loss, in nats per token; not smoothed.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="axis">Over what.</param>
    static member Validation(frames: Frames, axis: CurveAxis) : CurveSet =
        let place = RunCurves.PlaceAfter(frames, axis)

        let points =
            frames.Evals
            |> Array.filter (fun row -> row.Name = "perplexity")
            |> Array.map (fun row -> row.Cell, struct (place row.Cell row.Step row.Tokens, row.Loss))
            |> RunCurves.ByCell

        RunCurves.Of(frames, "validation loss", axis, points)

    /// <summary>A task's figure of the whole; not smoothed. Those beside a reset are not among its points.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="axis">Over what.</param>
    /// <param name="task">The evaluator, for example blimp.</param>
    /// <param name="metric">For example accuracy.</param>
    static member Task(frames: Frames, axis: CurveAxis, task: string, metric: string) : CurveSet =
        let place = RunCurves.PlaceAfter(frames, axis)

        let points =
            frames.Tasks
            |> Array.filter (fun row ->
                row.Task = task
                && row.Metric = metric
                && row.Group = "overall"
                && row.Moment = "step")
            |> Array.map (fun row -> row.Cell, struct (place row.Cell row.Step row.Tokens, row.Value))
            |> RunCurves.ByCell

        RunCurves.Of(frames, $"{task} {metric}", axis, points)
