/// Comma-separated figures with a line of names: no quotes, a point in numbers.
module internal ReLoRA.Analysis.Report.Paper.ReferenceCsv

open System
open System.Globalization
open System.IO

/// One line of figures.
type Row =
    {
        Path: string
        Line: int
        Fields: Map<string, string>
    }

let private fault (row: Row) message : exn =
    ReferenceFileException(row.Path, row.Line, message)

let text (column: string) (row: Row) = row.Fields[column]

/// One of a few words.
let word (allowed: string list) column (row: Row) =
    let found = text column row

    if List.contains found allowed then
        found
    else
        let wanted = String.concat " or " allowed
        raise (fault row $"{column} is '{found}', wanted is {wanted}.")

/// A number; NaN where the field is empty.
let numberOrNone column (row: Row) =
    match text column row with
    | "" -> nan
    | found ->
        match Double.TryParse(found, NumberStyles.Float, CultureInfo.InvariantCulture) with
        | true, value -> value
        | _ -> raise (fault row $"{column} is '{found}', wanted is a number such as 0.25.")

let number column (row: Row) =
    match text column row with
    | "" -> raise (fault row $"{column} is empty, wanted is a number such as 0.25.")
    | _ -> numberOrNone column row

let private split (line: string) =
    line.Split ',' |> Array.map (fun field -> field.Trim())

/// The lines of a file that has these columns; others beside them are passed over.
let read (path: string) (columns: string list) =
    let lines = File.ReadAllLines path
    let names = if lines.Length = 0 then [||] else split lines[0]
    let wanted = String.concat "," columns

    for column in columns do
        if not (Array.contains column names) then
            raise (ReferenceFileException(path, 1, $"there is no column '{column}', wanted are {wanted}."))

    lines
    |> Array.indexed
    |> Array.skip 1
    |> Array.filter (fun (_, line) -> line.Trim() <> "")
    |> Array.map (fun (index, line) ->
        let fields = split line

        if fields.Length <> names.Length then
            raise (
                ReferenceFileException(
                    path,
                    index + 1,
                    $"{fields.Length} fields, wanted are {names.Length} as in the first line."
                )
            )

        {
            Path = path
            Line = index + 1
            Fields = Array.zip names fields |> Map.ofArray
        })
