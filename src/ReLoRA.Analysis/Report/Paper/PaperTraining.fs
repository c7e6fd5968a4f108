/// Loss, perplexity and accuracy on minimal pairs over steps.
module internal ReLoRA.Analysis.Report.Paper.PaperTraining

open ReLoRA.Analysis
open ReLoRA.Analysis.Report

let private seeds =
    "Line: mean over seeds; band: from the lowest seed to the highest"

let private dashes published =
    if Array.isEmpty published then
        $"{seeds}."
    else
        $"{seeds}; dashed: published."

/// The smoothed training losses of a cell.
let losses (frames: Frames) =
    let steps = frames.Steps |> Array.groupBy _.Cell |> Map.ofArray
    let longest = frames.Steps |> Array.fold (fun most step -> max most step.Step) 0L

    fun cell ->
        steps.TryFind cell
        |> Option.defaultValue [||]
        |> Array.map (fun step -> step.Step, step.Loss)
        |> PaperBands.smooth longest
        |> Array.map (fun (step, loss) -> float step, loss)

let loss (frames: Frames) (published: Published) =
    let references =
        Published.curves "loss" "" published |> Array.map PaperBands.reference

    PaperBands.chart
        "loss"
        "Training loss over steps"
        (Axis.linear "training loss, nats per token")
        (PaperBands.resets frames)
        (PaperBands.arms frames (losses frames))
        references
        $"{dashes references} Vertical: resets. Each seed's loss is a trailing mean over a hundredth of the longest run's steps."

/// A cell's figures over steps.
let points (scores: Scores) cell =
    scores.Scores
    |> Array.filter (fun score -> score.Cell = cell)
    |> Array.map (fun score -> float score.Step, score.Value)

let private curve (frames: Frames) (published: Published) id title axis metric (scores: Scores) =
    let references =
        if scores.IsPublished then
            Published.curves metric "" published |> Array.map PaperBands.reference
        else
            [||]

    let apart =
        if scores.IsPublished || Array.isEmpty (Published.curves metric "" published) then
            ""
        else
            " The published curves are of other data or another definition and stand in the table only."

    PaperBands.chart
        id
        title
        axis
        (PaperBands.resets frames)
        (PaperBands.arms frames (points scores))
        references
        $"{dashes references} Vertical: resets.{apart}"

let perplexity (frames: Frames) (published: Published) index (scores: Scores) =
    let name =
        if scores.IsPublished then
            "Paloma perplexity"
        else
            "Perplexity"

    curve
        frames
        published
        $"perplexity-{index + 1}"
        $"{name} over steps: {scores.Of}"
        (Axis.logarithmic "perplexity")
        "paloma_ppl"
        scores

let accuracy (frames: Frames) (published: Published) index (scores: Scores) =
    curve
        frames
        published
        $"pairs-{index + 1}"
        $"Accuracy over steps: {scores.Of}"
        (Axis.linear "accuracy")
        "blimp"
        scores
