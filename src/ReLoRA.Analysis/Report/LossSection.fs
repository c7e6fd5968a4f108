/// Loss over tokens, over operations and over time.
module internal ReLoRA.Analysis.Report.LossSection

open ReLoRA.Analysis
open ReLoRA.Analysis.Curves

/// A way to lay a cell's points out, and how that is told.
type private Course =
    {
        Id: string
        Words: string
        Title: string
        Axis: CurveAxis
        Note: string
    }

let private courses =
    [|
        {
            Id = ""
            Words = "tokens"
            Title = "tokens"
            Axis = CurveAxis.Tokens
            Note = ""
        }
        {
            Id = "-by-operations"
            Words = "training FLOPs"
            Title = "floating-point operations of training, by the formula"
            Axis = CurveAxis.Operations
            Note =
                "An adapter costs operations, and frozen weights save some: equal tokens are not equal FLOPs. Operations of a token are those that the run began with: after a warm start the table of costs is the better figure."
        }
        {
            Id = "-by-time"
            Words = "training time"
            Title = "seconds of training steps"
            Axis = CurveAxis.Seconds
            Note =
                "Seconds of the steps alone, without evaluation, probes and saving. Cells that were trained side by side or on different machines slow each other down: compare times only where that was alike."
        }
    |]

/// More dashed lines than this hide the curves.
let private mostRules = 40

let private resetTokens (data: ReportData) =
    let tokens =
        data.Frames.Steps
        |> Array.map (fun step -> (step.Cell, step.Step), float step.Tokens)
        |> Map.ofArray

    data.Frames.Resets
    |> Array.choose (fun reset -> tokens.TryFind(reset.Cell, reset.Step))
    |> Array.distinct
    |> fun places -> if places.Length > mostRules then [||] else places

let private chart
    (data: ReportData)
    id
    (what: string)
    (note: string)
    (values: string -> (int64 * int64 * float)[])
    course
    =
    let arms = SummaryTable.arms data.Frames

    let place = RunCurves.PlaceAfter(data.Frames, course.Axis)

    let points cell =
        values cell
        |> Array.map (fun (step, tokens, value) -> step, place cell step tokens, value)

    {
        Id = id + course.Id
        Title = $"{what[0..0].ToUpperInvariant()}{what[1..]} over {course.Words}"
        X = Axis.linear course.Title
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
        |> Array.map (fun eval -> eval.Step, eval.Tokens, eval.Loss)

    let lines = SummaryTable.arms data.Frames |> Array.length

    let longest =
        data.Frames.Steps |> Array.fold (fun most step -> max most step.Step) 0L

    let trained cell =
        steps.TryFind cell
        |> Option.defaultValue [||]
        |> fun rows ->
            let tokens = rows |> Array.map (fun row -> row.Step, row.Tokens) |> Map.ofArray

            rows
            |> Array.map (fun row -> row.Step, row.Loss)
            |> Bands.smooth lines longest
            |> Array.map (fun (step, loss) -> step, tokens[step], loss)

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
        TableOf(SummaryTable.figures data.Frames)
        yield! courses[1..] |> Array.map (validation >> Figure)
        Heading "Training"
        yield! courses |> Array.map (training >> Figure)
    |]
