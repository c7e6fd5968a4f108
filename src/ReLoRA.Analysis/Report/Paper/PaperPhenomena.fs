/// Accuracy on minimal pairs by kind of phenomenon, at the end.
module internal ReLoRA.Analysis.Report.Paper.PaperPhenomena

open ReLoRA.Analysis
open ReLoRA.Analysis.Report

let private words (term: string) = term.Replace('_', ' ')

let private bar (values: float[]) : Bar =
    if values.Length = 0 then
        { Value = nan; Low = nan; High = nan }
    else
        {
            Value = Statistics.mean values
            Low = Array.min values
            High = Array.max values
        }

let private arms (frames: Frames) (found: (string * string * float)[]) terms =
    SummaryTable.arms frames
    |> Array.map (fun (arm, cells) ->
        let ids = cells |> Array.map _.Cell |> Set.ofArray

        arm,
        terms
        |> Array.map (fun term ->
            found
            |> Array.filter (fun (cell, name, _) -> name = term && ids.Contains cell)
            |> Array.map (fun (_, _, value) -> value)
            |> bar))

let private models (published: Published) terms =
    published.Phenomena
    |> Array.groupBy (fun (scale, model, _, _) -> scale, model)
    |> Array.sortBy fst
    |> Array.map (fun ((scale, model), rows) ->
        let value term =
            rows
            |> Array.filter (fun (_, _, name, _) -> name = term)
            |> Array.map (fun (_, _, _, value) -> value)
            |> bar

        Published.name scale model, terms |> Array.map value)

/// A chart and its table; nothing where no finished cell has an accuracy.
let blocks (frames: Frames) (published: Published) (found: (string * string * float)[]) =
    let terms =
        found |> Array.map (fun (_, term, _) -> term) |> Array.distinct |> Array.sort

    let isBlimp = (Set.ofArray PaperLogs.terms).IsSubsetOf(Set.ofArray terms)

    let bars =
        Array.append (arms frames found terms) (if isBlimp then models published terms else [||])

    let text (bar: Bar) =
        if System.Double.IsFinite bar.Value then
            Figures.share bar.Value
        else
            ""

    if terms.Length = 0 then
        [||]
    else
        [|
            Figure
                {
                    Id = "phenomena"
                    Title =
                        if isBlimp then
                            "BLiMP by phenomenon at the end"
                        else
                            "Minimal pairs by phenomenon at the end"
                    X = Axis.linear ""
                    Y = Axis.linear "accuracy"
                    Rules = [| 0.5 |]
                    Content = Bars(terms |> Array.map words, bars)
                    Note =
                        "Bars: means over the seeds that have finished; whiskers: from the lowest seed to the highest; dashed: chance."
                        + (if isBlimp then
                               " Published: at step 20,000, one seed."
                           else
                               " These are not BLiMP's pairs, which the published figures are of.")
                }
            TableOf
                {
                    Title = "Accuracy by phenomenon at the end"
                    Columns = [| "phenomenon"; yield! bars |> Array.map fst |]
                    Rows =
                        terms
                        |> Array.mapi (fun index term ->
                            [| words term; yield! bars |> Array.map (fun (_, found) -> text found[index]) |])
                    Notes = [||]
                }
        |]
