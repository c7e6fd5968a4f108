/// What came out, beside what was published.
module internal ReLoRA.Analysis.Report.Paper.PaperTables

open System
open ReLoRA.Analysis
open ReLoRA.Analysis.Report

/// The last step that the study reports; its logs go on a little.
let private reported = 20000.0

let private finished (frames: Frames) =
    SummaryTable.arms frames
    |> Array.map (fun (arm, cells) ->
        arm,
        cells
        |> Array.filter (fun cell -> cell.State = "finished")
        |> Array.map _.Cell
        |> Array.distinct)

let private lasts (cells: string[]) (points: string -> (float * float)[]) =
    cells |> Array.choose (points >> Array.tryLast) |> Array.map snd

/// A published curve's figure at the end of what is reported.
let private final metric scale model (published: Published) =
    published.Curves
    |> Array.tryFind (fun curve -> curve.Metric = metric && curve.Scale = scale && curve.Model = model)
    |> Option.bind (fun curve -> curve.Points |> Array.tryFindBack (fun (step, _) -> step <= reported))
    |> Option.map snd
    |> Option.toArray

let private modelsOf (published: Published) =
    published.Curves
    |> Array.map (fun curve -> curve.Scale, curve.Model)
    |> Array.distinct
    |> Array.sort

/// One row an arm, then one a published model.
let finals (frames: Frames) (published: Published) (perplexities: Scores[]) (accuracies: Scores[]) : Table =
    let losses = PaperTraining.losses frames

    // One column for each text and definition: figures of different ones never share a column.
    let published' metric (scores: Scores) (scale, model) =
        if scores.IsPublished then
            final metric scale model published
        else
            [||]

    let columns =
        [|
            "training loss",
            (fun cells -> Figures.meanAndDeviation (lasts cells losses)),
            (fun (scale, model) -> Figures.meanAndDeviation (final "loss" scale model published))
            for scores in perplexities do
                $"perplexity: {scores.Of}",
                (fun cells -> Figures.ofValues Figures.perplexity (lasts cells (PaperTraining.points scores))),
                (fun model -> Figures.ofValues Figures.perplexity (published' "paloma_ppl" scores model))
            if not (perplexities |> Array.exists _.IsPublished) && published.Curves.Length > 0 then
                "Paloma perplexity as published",
                (fun _ -> ""),
                (fun (scale, model) -> Figures.ofValues Figures.perplexity (final "paloma_ppl" scale model published))
            for scores in accuracies do
                $"accuracy: {scores.Of}",
                (fun cells -> Figures.ofValues Figures.share (lasts cells (PaperTraining.points scores))),
                (fun model -> Figures.ofValues Figures.share (published' "blimp" scores model))
            if not (accuracies |> Array.exists _.IsPublished) && published.Curves.Length > 0 then
                "BLiMP as published",
                (fun _ -> ""),
                (fun (scale, model) -> Figures.ofValues Figures.share (final "blimp" scale model published))
        |]

    {
        Title = "At the end"
        Columns = [| "model"; "seeds"; yield! columns |> Array.map (fun (name, _, _) -> name) |]
        Rows =
            [|
                for arm, cells in finished frames do
                    [|
                        arm
                        string cells.Length
                        yield! columns |> Array.map (fun (_, ours, _) -> ours cells)
                    |]
                for scale, model in modelsOf published do
                    [|
                        Published.name scale model
                        "1"
                        yield! columns |> Array.map (fun (_, _, theirs) -> theirs (scale, model))
                    |]
            |]
        Notes =
            [|
                "Ours: at the end of the seeds that have finished, the loss as mean ± sample standard deviation of trailing means over a hundredth of the steps. Published: at step 20,000 or the last one before it. Empty: not measured, or not the same thing."
            |]
    }

/// Where each chart's lines end, one row a chart.
let ends title (charts: Chart[]) : Table option =
    let lines =
        charts
        |> Array.choose (fun chart ->
            match chart.Content with
            | Lines bands -> Some(chart.Title, bands |> Array.filter (fun band -> band.X.Length > 0))
            | _ -> None)

    let names = lines |> Array.collect snd |> Array.map _.Name |> Array.distinct

    if lines.Length = 0 then
        None
    else
        Some
            {
                Title = title
                Columns = [| "at the last step"; yield! names |]
                Rows =
                    lines
                    |> Array.map (fun (title, bands) ->
                        [|
                            title
                            yield!
                                names
                                |> Array.map (fun name ->
                                    bands
                                    |> Array.tryFind (fun band -> band.Name = name)
                                    |> Option.map (fun band -> PaperFigures.text (Array.last band.Mean))
                                    |> Option.defaultValue "")
                        |])
                Notes =
                    [|
                        "Each line's last point, means over seeds; of unfinished runs where they stand."
                    |]
            }
