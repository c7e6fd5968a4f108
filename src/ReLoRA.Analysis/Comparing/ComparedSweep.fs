namespace ReLoRA.Analysis.Comparing

open System
open System.Collections.Generic
open System.Linq
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
        let logs, frames, provenance =
            if sweep = "" then
                let logs, frames = Frames.ReadRuns runsRoot
                logs, frames, (Dictionary<string, string>() :> IReadOnlyDictionary<string, string>)
            else
                let plan, logs, frames = Frames.ReadSweep(runsRoot, sweep)
                logs, frames, plan.Provenance

        {
            Frames = frames
            Logs = (CellLog.readable logs).ToDictionary(fst, snd)
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
                    "processes", string (run.Ranks.GetValueOrDefault 1)
                    "machine of the runs", measured "machine"
                    "runtime of the runs", measured "runtime"
                    "system of the runs", measured "system"
                    "TorchSharp of the runs", measured "torchsharp"
                |]
        | _ -> [||]
