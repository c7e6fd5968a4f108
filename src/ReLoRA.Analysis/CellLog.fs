namespace ReLoRA.Analysis

open System
open System.IO
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
        let place =
            try
                Ok(runs.Cell(cell).LogPath)
            with :? ArgumentException as fault ->
                Error fault.Message

        match place with
        | Error why -> Unreadable why
        | Ok path when not (Path.Exists path) -> NoLog
        | Ok path ->
            try
                Log(RunLogReader.Read path)
            with
            | :? LogFormatException as fault -> Unreadable fault.Message
            | :? UnauthorizedAccessException as fault -> Unreadable fault.Message
            | :? IOException as fault -> Unreadable fault.Message
