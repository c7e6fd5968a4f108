namespace ReLoRA.Analysis

open System.IO
open ReLoRA.Results.Log
open ReLoRA.Results.Runs

/// What became of reading a cell's log.
type internal CellLog =
    /// The cell has none yet.
    | NoLog
    /// It was read.
    | Log of RunLog
    /// It is of another version of the format, or too large: why.
    | Unreadable of string

module internal CellLog =
    /// Reads a cell's log. One that this version cannot read is told, and the rest of the sweep is read all the same.
    let read (runs: RunsFolder) (cell: string) =
        let path = runs.Cell(cell).LogPath

        if not (File.Exists path) then
            NoLog
        else
            try
                Log(RunLogReader.Read path)
            with :? LogFormatException as fault ->
                Unreadable fault.Message
