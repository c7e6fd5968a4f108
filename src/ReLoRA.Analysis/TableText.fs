namespace ReLoRA.Analysis

open System
open System.Text

/// Tables as plain text with aligned columns, for output that is piped.
[<AbstractClass; Sealed>]
type TableText =
    static member private Gap = "  "

    /// Figures are read from their last digit, words from their first letter.
    static member private IsNumeric(cell: string) =
        cell = ""
        || cell = "NaN"
        || cell = "inf"
        || Char.IsAsciiDigit cell[0]
        || (cell.Length > 1 && (cell[0] = '+' || cell[0] = '-') && Char.IsAsciiDigit cell[1])

    static member private Column(table: Table, index: int) =
        let cells = table.Rows |> Array.map (fun row -> row[index])

        let width =
            Array.append [| table.Columns[index] |] cells |> Array.map _.Length |> Array.max

        if index > 0 && cells |> Array.forall TableText.IsNumeric then
            width, (fun (cell: string) -> cell.PadLeft width)
        else
            width, (fun (cell: string) -> cell.PadRight width)

    /// The columns that fit beside the first, in groups: a table that is too wide is shown in several parts.
    static member private Parts(widths: int[], limit: int) =
        let folder (parts: int list list, used) index =
            let needed = TableText.Gap.Length + widths[index]

            match parts with
            | part :: rest when part.IsEmpty || limit <= 0 || used + needed <= limit ->
                (index :: part) :: rest, used + needed
            | _ -> [ index ] :: parts, widths[0] + needed

        let parts, _ = Seq.fold folder ([ [] ], widths[0]) (seq { 1 .. widths.Length - 1 })
        parts |> List.rev |> List.map List.rev

    /// <summary>Title, columns, rows, notes. Lines have no trailing white space and end in a line feed.</summary>
    /// <param name="table">The table.</param>
    /// <param name="width">
    /// Characters in a line at most; 0 or less for no limit. A wider table is split by columns, the first one repeated; notes are not wrapped.
    /// </param>
    static member Render(table: Table, width: int) : string =
        let columns =
            Array.init table.Columns.Length (fun index -> TableText.Column(table, index))

        let widths = columns |> Array.map fst
        let text = StringBuilder()

        let line (words: string) =
            text.Append(words.TrimEnd()).Append('\n') |> ignore

        let part (indices: int list) =
            let shown = 0 :: indices

            let write (cells: string[]) =
                shown
                |> List.map (fun index -> (snd columns[index]) cells[index])
                |> String.concat TableText.Gap
                |> line

            line ""
            write table.Columns

            shown
            |> List.map (fun index -> String('-', widths[index]))
            |> String.concat TableText.Gap
            |> line

            table.Rows |> Array.iter write

        line table.Title
        TableText.Parts(widths, width) |> List.iter part

        if table.Notes.Length > 0 then
            line ""
            table.Notes |> Array.iter line

        text.ToString()
