/// The tables that only the report has.
module internal ReLoRA.Analysis.Report.ReportTables

open System
open System.Globalization
open ReLoRA.Analysis

let private whole (value: int64) =
    value.ToString("#,0", CultureInfo.InvariantCulture)

let private joined (texts: string seq) =
    texts
    |> Seq.filter (fun text -> text <> "")
    |> Seq.distinct
    |> String.concat ", "

/// Enough of a hash to tell data apart by eye; the logs have the whole of it.
let private short (hash: string) = hash[.. min hash.Length 12 - 1]

/// One row per cell: what was planned and how far it is.
let cells (data: ReportData) : Table =
    let row (cell: CellRow) =
        let run pick =
            data.Runs.TryFind cell.Cell |> Option.map pick |> Option.defaultValue ""

        [|
            cell.Label
            cell.Cell
            cell.Seed
            (if cell.Semantics = "" then
                 cell.Method
             else
                 $"{cell.Method}, {cell.Semantics}")
            cell.State
            run (fun _ -> $"{whole cell.LastStep} of {whole cell.Steps}")
            run (fun found -> whole (found.Steps * found.TokensPerStep))
            run (fun _ -> whole cell.Parameters)
            run (fun _ -> whole cell.TrainableParameters)
            run (_.TrainData >> short)
            run (_.EvaluationData >> short)
        |]

    {
        Title = "Cells"
        Columns =
            [|
                "cell"
                "id"
                "seed"
                "method"
                "state"
                "steps"
                "tokens planned"
                "parameters"
                "trainable"
                "training data"
                "evaluation data"
            |]
        Rows = data.Frames.Cells |> Array.map row
        Notes =
            [|
                "Parameters: of the model without adapters; trainable: what receives updates. Data: the first digits of the manifests' hashes."
            |]
    }

/// What the plan and the logs say about machines and versions.
let provenance (data: ReportData) : Table =
    let measured key =
        data.Runs
        |> Map.toSeq
        |> Seq.map (fun (_, run) ->
            match run.Measured.TryGetValue key with
            | true, (:? string as text) -> text
            | _ -> "")
        |> Seq.sort
        |> joined

    let runs pick =
        data.Runs |> Map.toSeq |> Seq.map (snd >> pick) |> Seq.sort |> joined

    let rows =
        [|
            yield!
                data.Provenance
                |> Array.filter (fun (key, _) -> not (key.StartsWith("text:", StringComparison.Ordinal)))
            "cells: started", measured "started"
            "cells: machine", measured "machine"
            "cells: runtime", measured "runtime"
            "cells: system", measured "system"
            "cells: TorchSharp", measured "torchsharp"
            "cells: device", runs _.Device
            "cells: threads", runs (fun run -> whole run.Threads)
            "cells: micro-batch", runs (fun run -> whole run.MicroBatch)
            "cells: semantics version", runs (fun run -> whole run.SemanticsVersion)
        |]

    {
        Title = "Provenance"
        Columns = [| "what"; "value" |]
        Rows =
            rows
            |> Array.filter (fun (_, value) -> value <> "")
            |> Array.map (fun (key, value) -> [| key; value |])
        Notes = [||]
    }
