namespace ReLoRA.Analysis.Comparing

open System.Globalization
open ReLoRA.Analysis

/// A comparison as tables.
[<AbstractClass; Sealed>]
type ComparisonTables =
    /// Longer values, such as lists, are cut in the middle, so that what differs at an end is seen: the JSON has them whole.
    static member private Cut(text: string) =
        if text = "" then
            "(none)"
        elif text.Length > 40 then
            $"{text[..17]}...{text[text.Length - 19 ..]}"
        else
            text

    static member private Changes(title: string, first: string, values: ChangedValue[], nothing: string) : Table =
        {
            Title = title
            Columns = [| first; "A"; "B"; "cells" |]
            Rows =
                values
                |> Array.map (fun one ->
                    [|
                        one.Name
                        ComparisonTables.Cut one.A
                        ComparisonTables.Cut one.B
                        (if one.Cells = 0 then "" else string one.Cells)
                    |])
            Notes =
                [|
                    if values.Length = 0 then
                        nothing
                |]
        }

    static member private Number(figure: FigureChange, value: float) =
        if not figure.IsRatio then
            Figures.loss value
        else
            value.ToString("#,0.#", CultureInfo.InvariantCulture)

    static member private Change(figure: FigureChange) =
        if figure.Equal then
            "equal"
        else
            let write =
                if figure.IsRatio then
                    fun (value: float) -> "x" + value.ToString("0.000", CultureInfo.InvariantCulture)
                else
                    Figures.difference

            let interval =
                if figure.Pairs = 1 then
                    "(1 pair)"
                else
                    $"[{write figure.Low}, {write figure.High}]"

            $"{write figure.Change} {interval}"

    static member private Cells(found: SweepComparison) : Table =
        let row (cell: CellMatch) =
            [|
                (if cell.LabelA = cell.LabelB then
                     cell.LabelA
                 else
                     $"{cell.LabelA} | {cell.LabelB}")
                cell.By
                string cell.Knobs.Length
                (if cell.LogsEqual then "equal" else cell.Log)
            |]

        let unmatched side (labels: string[]) =
            let all = String.concat "; " labels

            if labels.Length = 0 then
                [||]
            else
                [| $"In {side} only: {all}." |]

        {
            Title = "Cells"
            Columns = [| "cell"; "matched by"; "knobs changed"; "log" |]
            Rows = found.Cells |> Array.map row
            Notes =
                [|
                    if found.Cells.Length = 0 then
                        "No cell of A has a counterpart in B."
                    else
                        let equal = found.Cells |> Array.filter _.LogsEqual |> Array.length

                        $"{equal} of {found.Cells.Length} logs are equal to the last bit, outside of what clocks measured and of checkpoints, notes and checksums."
                    yield! unmatched "A" found.OnlyA
                    yield! unmatched "B" found.OnlyB
                |]
        }

    /// <summary>Configuration, environment, figures, resets and cells.</summary>
    /// <param name="found">The comparison.</param>
    static member Of(found: SweepComparison) : Table[] =
        [|
            ComparisonTables.Changes(
                "Configuration: knobs that differ",
                "knob",
                found.Configuration,
                "The compared cells have the same configurations."
            )
            ComparisonTables.Changes(
                "Environment: what differs",
                "what",
                found.Environment,
                "Commit, versions, machine, threads, device and data are the same, as far as they are told."
            )
            {
                Title = "Figures: B beside A"
                Columns = [| "arm"; "figure"; "pairs"; "A"; "B"; "change" |]
                Rows =
                    found.Figures
                    |> Array.map (fun figure ->
                        [|
                            figure.Arm
                            figure.Figure
                            string figure.Pairs
                            ComparisonTables.Number(figure, figure.A)
                            ComparisonTables.Number(figure, figure.B)
                            ComparisonTables.Change figure
                        |])
                Notes =
                    [|
                        if found.Figures.Length = 0 then
                            "No figure is there on both sides."
                        else
                            "Change: the mean of B - A paired by cell, or x and the geometric mean of B / A, with Student's 95 % interval over seeds. The intervals are not corrected for being several."
                        yield! found.Problems
                    |]
            }
            if found.Resets.Length > 0 then
                ComparisonTables.Changes("Resets: verdicts that differ", "arm", found.Resets, "")
            ComparisonTables.Cells found
        |]
