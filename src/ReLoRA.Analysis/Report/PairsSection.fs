/// Minimal pairs at the end of training, pooled over seeds.
module internal ReLoRA.Analysis.Report.PairsSection

open System
open ReLoRA.Analysis
open ReLoRA.Results.Log

/// Name, right answers and pairs.
type private Count = string * int64 * int64

let private everything = "all phenomena"

let private pool (records: PairsRecord[]) : Count[] =
    let counts =
        records
        |> Array.collect (fun record -> record.Phenomena |> Seq.toArray)
        |> Array.groupBy _.Name
        |> Array.map (fun (name, found) ->
            let sum (pick: PairsPhenomenon -> int64) = found |> Array.sumBy pick
            name, sum _.Correct, sum _.Pairs)

    let correct = counts |> Array.sumBy (fun (_, correct, _) -> correct)
    let pairs = counts |> Array.sumBy (fun (_, _, pairs) -> pairs)
    [| yield! counts; everything, correct, pairs |]

let private share correct pairs =
    if pairs = 0L then nan else float correct / float pairs

let private text (correct: int64, pairs: int64) =
    let low, high = Wilson.interval correct pairs
    $"{Figures.fraction (share correct pairs)} [{Figures.fraction low}, {Figures.fraction high}], {correct} of {pairs}"

/// The last record of each finished cell, by suite and arm.
let private pooled (data: ReportData) =
    let finished =
        data.Frames.Cells |> Array.filter (fun cell -> cell.State = "finished")

    let last =
        data.Pairs
        |> Array.groupBy (fun (cell, record) -> record.Name, cell)
        |> Array.map (fun (key, records) -> key, snd (Array.last records))
        |> Map.ofArray

    let suites =
        data.Pairs |> Array.map (fun (_, record) -> record.Name) |> Array.distinct

    suites
    |> Array.map (fun suite ->
        let arms =
            finished
            |> Array.groupBy _.Arm
            |> Array.map (fun (arm, cells) ->
                arm, cells |> Array.choose (fun cell -> last.TryFind(suite, cell.Cell)) |> pool)
            |> Array.filter (fun (_, counts) -> counts.Length > 1)

        suite, arms)
    |> Array.filter (fun (_, arms) -> arms.Length > 0)

let private suite index (name: string, arms: (string * Count[])[]) =
    let phenomena =
        arms
        |> Array.collect (snd >> Array.map (fun (name, _, _) -> name))
        |> Array.distinct
        |> Array.partition (fun name -> name <> everything)
        |> fun (names, all) -> Array.append names all

    let find (counts: Count[]) phenomenon =
        counts |> Array.tryFind (fun (name, _, _) -> name = phenomenon)

    let bar counts phenomenon =
        match find counts phenomenon with
        | Some(_, correct, pairs) ->
            let low, high = Wilson.interval correct pairs
            share correct pairs, low, high
        | None -> nan, nan, nan

    let chart =
        arms
        |> Array.map (fun (arm, counts) -> arm, phenomena |> Array.map (bar counts))
        |> Charts.bars "accuracy" [| 0.5 |] phenomena

    let cell counts phenomenon =
        find counts phenomenon
        |> Option.map (fun (_, correct, pairs) -> text (correct, pairs))
        |> Option.defaultValue ""

    let table =
        {
            Title = name
            Columns = [| "phenomenon"; yield! arms |> Array.map fst |]
            Rows =
                phenomena
                |> Array.map (fun phenomenon ->
                    [|
                        phenomenon
                        yield! arms |> Array.map (fun (_, counts) -> cell counts phenomenon)
                    |])
            Notes =
                [|
                    "Share of pairs whose grammatical sentence scored strictly higher; ties count as wrong. Pooled over the seeds that have finished, with Wilson's 95 % interval. The dashed line is chance."
                    "Seeds answer the same pairs, so the intervals tell how far the share of these pairs may be off, not how much seeds differ."
                |]
        }

    String.Concat(
        $"<h3>{Html.encode name}</h3>\n",
        Html.chart $"chart-pairs-{index}" $"Accuracy on {name} by phenomenon" chart,
        Html.table table
    )

/// One chart and one table a suite.
let body (data: ReportData) =
    match pooled data with
    | [||] when data.Pairs.Length > 0 -> Html.paragraph "Not evaluated at the end of any finished cell."
    | [||] -> Html.paragraph "Not evaluated: the logs hold no minimal pairs."
    | suites -> suites |> Array.mapi suite |> String.concat ""
