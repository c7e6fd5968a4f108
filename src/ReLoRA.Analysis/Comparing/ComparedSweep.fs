namespace ReLoRA.Analysis.Comparing

open System
open System.Collections.Generic
open ReLoRA.Analysis
open ReLoRA.Results.Log
open ReLoRA.Results.Runs

/// One side of a comparison: what its logs and its plan hold.
type internal ComparedSweep =
    {
        Frames: Frames
        Logs: IReadOnlyDictionary<string, RunLog>
        Provenance: IReadOnlyDictionary<string, string>
    }

    /// Reads a sweep; every cell of the folder where no sweep is named.
    static member Read(runsRoot: string, sweep: string) =
        let runs = RunsFolder runsRoot
        let logs = Dictionary<string, RunLog>()

        let frames =
            if sweep = "" then
                Frames.OfRuns runsRoot
            else
                Frames.OfSweep(runsRoot, sweep)

        for cell in frames.Cells do
            match CellLog.read runs cell.Cell with
            | Log log -> logs[cell.Cell] <- log
            | _ -> ()

        let provenance: IReadOnlyDictionary<string, string> =
            match
                (if sweep = "" then
                     null
                 else
                     SweepFile.Read(runs.Sweep(sweep).PlanPath))
            with
            | null -> Dictionary<string, string>()
            | plan -> plan.Provenance

        {
            Frames = frames
            Logs = logs
            Provenance = provenance
        }

    /// What the run record says, by name; empty without one.
    member side.RunFacts(cell: string) : (string * string)[] =
        match side.Logs.TryGetValue cell with
        | true, log ->
            match log.Run with
            | null -> [||]
            | run ->
                let measured key =
                    match run.Measured.TryGetValue key with
                    | true, (:? string as text) -> text
                    | _ -> ""

                [|
                    "semantics version", string run.SemanticsVersion
                    "training data", run.TrainData
                    "evaluation data", run.EvaluationData
                    "threads", string run.Threads
                    "device", run.Device
                    "micro-batch", string run.MicroBatch
                    "recompute",
                    (if run.Recompute.GetValueOrDefault() then
                         "true"
                     else
                         "false")
                    "machine of the runs", measured "machine"
                    "runtime of the runs", measured "runtime"
                    "system of the runs", measured "system"
                    "TorchSharp of the runs", measured "torchsharp"
                |]
        | _ -> [||]
