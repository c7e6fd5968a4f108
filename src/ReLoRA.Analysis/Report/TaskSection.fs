/// Evaluations on tasks: BLiMP, EWoK, LAMBADA, perplexity of other texts.
module internal ReLoRA.Analysis.Report.TaskSection

open System
open ReLoRA.Analysis

/// More bars than this on one axis cannot be read.
let private mostBars = 40

/// Groups in the order in which they are worth showing; of paradigms there are too many for a page.
let private groups = [| "phenomenon"; "domain"; "term"; "paradigm" |]

/// The metrics worth a curve; of the others a table tells the end.
let private curves =
    Set.ofList [ "accuracy"; "target_accuracy"; "perplexity"; "macro_perplexity" ]

let private isPerplexity (metric: string) =
    metric.Contains("perplexity", StringComparison.Ordinal)

let private overall metric (rows: TaskRow[]) =
    rows |> Array.filter (fun row -> row.Group = "overall" && row.Metric = metric)

let private isShare (rows: TaskRow[]) =
    rows |> Array.forall (fun row -> row.Correct >= 0L)

/// Each arm that has any with its rows of the last step of finished cells.
let private finals (frames: Frames) (rows: TaskRow[]) =
    let isAtEnd = Finals.isAtEnd frames.Cells
    let last = rows |> Array.filter (fun row -> isAtEnd row.Cell row.Step)

    SummaryTable.arms frames
    |> Array.map (fun (arm, cells) ->
        let ids = cells |> Array.map _.Cell |> Set.ofArray
        arm, last |> Array.filter (fun row -> ids.Contains row.Cell))
    |> Array.filter (fun (_, found) -> found.Length > 0)

/// The seeds' figures as one: shares pooled with Wilson's interval, others as mean and span.
let private pooled (figures: TaskRow[]) : Bar =
    let values = figures |> Array.map _.Value |> Array.filter Double.IsFinite

    if values.Length = 0 then
        { Value = nan; Low = nan; High = nan }
    elif isShare figures then
        let share =
            Statistics.wilson (figures |> Array.sumBy _.Correct) (figures |> Array.sumBy _.Items)

        {
            Value = share.Value
            Low = share.Low
            High = share.High
        }
    else
        {
            Value = Statistics.mean values
            Low = Array.min values
            High = Array.max values
        }

let private text (isShare: bool) (bar: Bar) =
    let write = if isShare then Figures.share else Figures.perplexity

    if not (Double.IsFinite bar.Value) then
        ""
    elif bar.Low = bar.High then
        write bar.Value
    else
        $"{write bar.Value} [{write bar.Low}, {write bar.High}]"

let private curve (frames: Frames) (id: string) (title: string) metric (rows: TaskRow[]) =
    let byCell = rows |> overall metric |> Array.groupBy _.Cell |> Map.ofArray

    let points cell =
        byCell.TryFind cell
        |> Option.defaultValue [||]
        |> Array.map (fun row -> float row.Tokens, 0, row.Value)

    Figure
        {
            Id = $"{id}-{metric}"
            Title = $"{title}: {metric} over tokens"
            X = Axis.linear "tokens"
            Y =
                {
                    Title = metric
                    Scale = if isPerplexity metric then Logarithmic else Linear
                }
            Rules = [||]
            Content =
                SummaryTable.arms frames
                |> Array.map (fun (arm, cells) -> Bands.counted cells |> Array.map points |> Bands.over arm)
                |> Lines
            Note = "Line: mean over seeds; band: from the lowest seed to the highest."
        }

let private ends (frames: Frames) (title: string) (metrics: string[]) (rows: TaskRow[]) =
    let arms = finals frames rows

    let row metric =
        let cell (rows: TaskRow[]) =
            let figures = overall metric rows
            text (isShare figures) (pooled figures)

        [| metric; yield! arms |> Array.map (snd >> cell) |]

    TableOf
        {
            Title = $"{title}: figures at the end of training"
            Columns = [| "metric"; yield! arms |> Array.map fst |]
            Rows = metrics |> Array.map row
            Notes =
                [|
                    "Over the seeds that have finished: shares pooled, with Wilson's 95 % interval in brackets; others as means, with what the seeds span."
                |]
        }

let private byGroup (frames: Frames) (id: string) (title: string) (group, metric) (rows: TaskRow[]) =
    let rows =
        rows |> Array.filter (fun row -> row.Group = group && row.Metric = metric)

    let names = rows |> Array.map _.Name |> Array.distinct
    let isShare = isShare rows

    let bars =
        finals frames rows
        |> Array.map (fun (arm, found) ->
            arm,
            names
            |> Array.map (fun name -> found |> Array.filter (fun row -> row.Name = name) |> pooled))

    let whiskers =
        if isShare then
            "Wilson's 95 % interval of the seeds' pooled counts"
        else
            "from the lowest seed to the highest"

    [|
        if bars.Length > 0 then
            if names.Length <= mostBars then
                Figure
                    {
                        Id = $"{id}-{metric}-by-{group}"
                        Title = $"{title}: {metric} by {group} at the end of training"
                        X = Axis.linear ""
                        Y = Axis.linear metric
                        Rules = [||]
                        Content = Bars(names, bars)
                        Note = $"Bars: means over seeds; whiskers: {whiskers}."
                    }

            TableOf
                {
                    Title = $"{title}: {metric} by {group}"
                    Columns = [| group; yield! bars |> Array.map fst |]
                    Rows =
                        names
                        |> Array.mapi (fun index name ->
                            [|
                                name
                                yield! bars |> Array.map (fun (_, found) -> text isShare found[index])
                            |])
                    Notes =
                        [|
                            $"At the end of training, over the seeds that have finished; in brackets {whiskers}."
                        |]
                }
    |]

let private metricsOf group (rows: TaskRow[]) =
    rows
    |> Array.filter (fun row -> row.Group = group)
    |> Array.map _.Metric
    |> Array.distinct

let private task (frames: Frames) (number: int, ((name: string, data: string), rows: TaskRow[])) =
    let id, title = $"task-{number + 1}", $"{name} on {data}"
    let metrics = metricsOf "overall" rows

    let group =
        groups
        |> Array.tryFind (fun group -> rows |> Array.exists (fun row -> row.Group = group))

    [|
        Heading title
        yield!
            metrics
            |> Array.filter curves.Contains
            |> Array.map (fun metric -> curve frames id title metric rows)
        ends frames title metrics rows
        match group with
        | Some group ->
            yield!
                metricsOf group rows
                |> Array.filter curves.Contains
                |> Array.collect (fun metric -> byGroup frames id title (group, metric) rows)
        | None -> ()
    |]

/// Curves, and figures at the end by group, of every task. Those beside resets are left out.
let blocks (frames: Frames) =
    match frames.Tasks |> Array.filter (fun row -> row.Moment = "step") with
    | [||] -> [| Paragraph "Not evaluated: the logs hold no tasks." |]
    | rows ->
        rows
        |> Array.groupBy (fun row -> row.Task, row.Data)
        |> Array.indexed
        |> Array.collect (task frames)
