/// Loss over tokens, over operations and over time.
module internal ReLoRA.Analysis.Report.LossSection

open System
open ReLoRA.Analysis

/// A way to lay a cell's steps out: what stands on the axis at a step, NaN where that is not known.
type private Course =
    {
        Id: string
        Words: string
        Axis: string
        At: string -> (int64 -> float)
        Note: string
    }

/// What stands at each step of a cell, 0 before the first.
let private places (points: (string * int64 * float)[]) =
    let byCell =
        points
        |> Array.groupBy (fun (cell, _, _) -> cell)
        |> Array.map (fun (cell, points) ->
            cell,
            points
            |> Array.map (fun (_, step, place) -> step, place)
            |> Map.ofArray
            |> Map.add 0L 0.0)
        |> Map.ofArray

    fun cell ->
        match byCell.TryFind cell with
        | Some steps -> fun step -> steps.TryFind step |> Option.defaultValue nan
        | None -> fun _ -> nan

/// Of steps and of evaluations: where a step's record is lost, its evaluation still has a place.
let private tokens (data: ReportData) =
    Array.append
        (data.Frames.Steps
         |> Array.map (fun step -> step.Cell, step.Step, float step.Tokens))
        (data.Frames.Evals
         |> Array.map (fun eval -> eval.Cell, eval.Step, float eval.Tokens))
    |> places

let private operations (data: ReportData) =
    let tokens = tokens data

    let ofToken =
        data.Frames.Cells
        |> Array.map (fun cell -> cell.Cell, cell.OperationsPerToken)
        |> Map.ofArray

    fun cell ->
        let tokens = tokens cell
        fun step -> tokens step * ofToken[cell]

let private seconds (data: ReportData) =
    data.Frames.Steps
    |> Array.map (fun step -> step.Cell, step.Step, step.SecondsSoFar)
    |> places

let private courses (data: ReportData) =
    [|
        {
            Id = ""
            Words = "tokens"
            Axis = "tokens"
            At = tokens data
            Note = ""
        }
        {
            Id = "-by-operations"
            Words = "training FLOPs"
            Axis = "floating-point operations of training, by the formula"
            At = operations data
            Note =
                "An adapter costs operations, and frozen weights save some: equal tokens are not equal FLOPs. Operations of a token are those that the run began with: after a warm start the table of costs is the better figure."
        }
        {
            Id = "-by-time"
            Words = "training time"
            Axis = "seconds of training steps"
            At = seconds data
            Note =
                "Seconds of the steps alone, without evaluation, probes and saving. Cells that were trained side by side or on different machines slow each other down: compare times only where that was alike."
        }
    |]

/// More dashed lines than this hide the curves.
let private mostRules = 40

let private resetTokens (data: ReportData) =
    let tokens = tokens data

    data.Frames.Resets
    |> Array.map (fun reset -> tokens reset.Cell reset.Step)
    |> Array.filter Double.IsFinite
    |> Array.distinct
    |> fun places -> if places.Length > mostRules then [||] else places

let private chart (data: ReportData) id (what: string) (note: string) (values: string -> (int64 * float)[]) course =
    let arms = SummaryTable.arms data.Frames

    let points cell =
        let at = course.At cell
        values cell |> Array.map (fun (step, value) -> step, at step, value)

    {
        Id = id + course.Id
        Title = $"{what[0..0].ToUpperInvariant()}{what[1..]} over {course.Words}"
        X = Axis.linear course.Axis
        Y = Axis.linear $"{what}, nats per token"
        Rules = if course.Id = "" then resetTokens data else [||]
        Content =
            arms
            |> Array.map (fun (arm, cells) -> Bands.counted cells |> Array.map points |> Bands.aligned arm)
            |> Lines
        Note = if course.Note = "" then note else $"{note} {course.Note}"
    }

let blocks (data: ReportData) =
    let evals =
        data.Frames.Evals
        |> Array.filter (fun eval -> eval.Name = "perplexity")
        |> Array.groupBy _.Cell
        |> Map.ofArray

    let steps = data.Frames.Steps |> Array.groupBy _.Cell |> Map.ofArray

    let evaluated cell =
        evals.TryFind cell
        |> Option.defaultValue [||]
        |> Array.map (fun eval -> eval.Step, eval.Loss)

    let lines = SummaryTable.arms data.Frames |> Array.length

    let longest =
        data.Frames.Steps |> Array.fold (fun most step -> max most step.Step) 0L

    let trained cell =
        steps.TryFind cell
        |> Option.defaultValue [||]
        |> Array.map (fun step -> step.Step, step.Loss)
        |> Bands.smooth lines longest

    let courses = courses data

    let validation =
        chart
            data
            "loss"
            "validation loss"
            "Line: mean over the seeds that have finished, or over all while none has; band: from the lowest of them to the highest; dashed: resets."
            evaluated

    let training =
        chart
            data
            "training"
            "training loss"
            "Each seed's loss is a trailing mean over a fortieth of the longest run's steps; line and band as above."
            trained

    [|
        Heading "Validation"
        Figure(validation courses[0])
        TableOf
            { SummaryTable.build data.Frames with
                Notes = SummaryTable.legend
            }
        yield! courses[1..] |> Array.map (validation >> Figure)
        Heading "Training"
        yield! courses |> Array.map (training >> Figure)
    |]
