/// Evaluations on tasks: BLiMP, EWoK, LAMBADA, perplexity of other texts.
module internal ReLoRA.Analysis.Report.TaskSection

open System
open ReLoRA.Analysis
open ReLoRA.Results.Log

/// More bars than this on one axis cannot be read.
let private mostBars = 40

/// Groups in the order in which they are worth showing; of paradigms there are too many for a page.
let private groups = [| "phenomenon"; "domain"; "term"; "paradigm" |]

/// The metrics worth a curve; of the others a table tells the end.
let private curves =
    Set.ofList [ "accuracy"; "target_accuracy"; "perplexity"; "macro_perplexity" ]

let private isPerplexity (metric: string) =
    metric.Contains("perplexity", StringComparison.Ordinal)

let private overall (task: TaskRecord) =
    task.Figures
    |> Seq.filter (fun figure -> figure.Group = "overall")
    |> Seq.toArray

/// The record at the last step of each finished cell.
let private finals (frames: Frames) (tasks: (string * TaskRecord)[]) =
    let isAtEnd = Finals.isAtEnd frames.Cells

    let byCell =
        tasks
        |> Array.filter (fun (cell, task) -> isAtEnd cell task.Step)
        |> Array.groupBy fst
        |> Map.ofArray

    fun (cells: CellRow[]) ->
        cells
        |> Array.map _.Cell
        |> Array.distinct
        |> Array.choose byCell.TryFind
        |> Array.map (Array.last >> snd)

/// The seeds' figures as one: shares pooled with Wilson's interval, others as mean and span.
let private pooled (figures: TaskFigure[]) : Bar =
    let values = figures |> Array.map _.Value |> Array.filter Double.IsFinite

    if values.Length = 0 then
        { Value = nan; Low = nan; High = nan }
    elif figures |> Array.forall (fun figure -> figure.Correct.HasValue) then
        let share =
            Statistics.wilson (figures |> Array.sumBy _.Correct.Value) (figures |> Array.sumBy _.Items)

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

let private curve (frames: Frames) (id: string) (title: string) metric (tasks: (string * TaskRecord)[]) =
    let byCell = tasks |> Array.groupBy fst |> Map.ofArray

    let points cell =
        byCell.TryFind cell
        |> Option.defaultValue [||]
        |> Array.choose (fun (_, task) ->
            overall task
            |> Array.tryFind (fun figure -> figure.Metric = metric)
            |> Option.map (fun figure -> float task.Tokens, 0, figure.Value))

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

let private ends (frames: Frames) (title: string) (metrics: string[]) (tasks: (string * TaskRecord)[]) =
    let last = finals frames tasks

    let arms =
        SummaryTable.arms frames
        |> Array.map (fun (arm, cells) -> arm, last cells)
        |> Array.filter (fun (_, found) -> found.Length > 0)

    let row metric =
        let cell (records: TaskRecord[]) =
            records
            |> Array.collect (overall >> Array.filter (fun figure -> figure.Metric = metric))
            |> fun figures -> text (figures |> Array.forall _.Correct.HasValue) (pooled figures)

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

let private byGroup (frames: Frames) (id: string) (title: string) (group, metric) (tasks: (string * TaskRecord)[]) =
    let last = finals frames tasks

    let arms =
        SummaryTable.arms frames
        |> Array.map (fun (arm, cells) -> arm, last cells)
        |> Array.filter (fun (_, found) -> found.Length > 0)

    let all =
        tasks
        |> Array.collect (fun (_, task) -> Seq.toArray task.Figures)
        |> Array.filter (fun figure -> figure.Group = group && figure.Metric = metric)

    let names = all |> Array.map _.Name |> Array.distinct
    let isShare = all |> Array.forall (fun figure -> figure.Correct.HasValue)

    let bar (records: TaskRecord[]) name =
        records
        |> Array.collect (fun record ->
            record.Figures
            |> Seq.filter (fun figure -> figure.Group = group && figure.Name = name && figure.Metric = metric)
            |> Seq.toArray)
        |> pooled

    let bars =
        arms |> Array.map (fun (arm, records) -> arm, names |> Array.map (bar records))

    let whiskers =
        if isShare then
            "Wilson's 95 % interval of the seeds' pooled counts"
        else
            "from the lowest seed to the highest"

    [|
        if arms.Length > 0 then
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

let private task (frames: Frames) (number: int, ((name: string, data: string), tasks: (string * TaskRecord)[])) =
    let id, title = $"task-{number + 1}", $"{name} on {data}"
    let figures = tasks |> Array.collect (fun (_, task) -> Seq.toArray task.Figures)

    let metrics =
        figures
        |> Array.filter (fun figure -> figure.Group = "overall")
        |> Array.map _.Metric
        |> Array.distinct

    let group =
        groups
        |> Array.tryFind (fun group -> figures |> Array.exists (fun figure -> figure.Group = group))

    [|
        Heading title
        yield!
            metrics
            |> Array.filter curves.Contains
            |> Array.map (fun metric -> curve frames id title metric tasks)
        ends frames title metrics tasks
        match group with
        | Some group ->
            let metrics =
                figures
                |> Array.filter (fun figure -> figure.Group = group)
                |> Array.map _.Metric
                |> Array.distinct
                |> Array.filter curves.Contains

            yield!
                metrics
                |> Array.collect (fun metric -> byGroup frames id title (group, metric) tasks)
        | None -> ()
    |]

/// Curves, and figures at the end by group, of every task.
let blocks (data: ReportData) =
    match data.Tasks with
    | [||] -> [| Paragraph "Not evaluated: the logs hold no tasks." |]
    | tasks ->
        tasks
        |> Array.groupBy (fun (_, task) -> task.Name, task.Data)
        |> Array.indexed
        |> Array.collect (task data.Frames)
