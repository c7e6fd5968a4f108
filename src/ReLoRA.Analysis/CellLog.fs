namespace ReLoRA.Analysis

open ReLoRA.Results.Log
open ReLoRA.Results.Runs

/// What became of reading a cell's log.
type internal CellLog =
    /// The cell has none yet.
    | NoLog
    /// It was read.
    | Log of RunLog
    /// It is of another version of the format, too large, or cannot be opened, or the plan's id is no name of a folder: why.
    | Unreadable of string

module internal CellLog =
    /// Reads a cell's log. One that this version cannot read is told, and the rest of the sweep is read all the same.
    let read (runs: RunsFolder) (cell: string) =
        let reading = CellLogReading.Of(runs, cell)

        match reading.Log with
        | null ->
            match reading.Fault with
            | null -> NoLog
            | why -> Unreadable why
        | log -> Log log

    /// The logs that could be read, each once, by id.
    let readable (logs: (SweepCell * CellLog)[]) =
        logs
        |> Array.choose (fun (cell, log) ->
            match log with
            | Log log -> Some(cell.Id, log)
            | _ -> None)
        |> Array.distinctBy fst
