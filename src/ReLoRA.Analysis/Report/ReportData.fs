namespace ReLoRA.Analysis.Report

open ReLoRA.Analysis
open ReLoRA.Results.Log

/// Everything that a report is made from.
type internal ReportData =
    {
        Frames: Frames
        /// What was run, by cell; cells without a log have none.
        Runs: Map<string, RunRecord>
        /// How the cells ended, by cell.
        Ends: Map<string, EndRecord>
        /// Probes whose figures are vectors.
        Vectors: (string * ProbeRecord)[]
        /// The plan's provenance, in the order of its keys.
        Provenance: (string * string)[]
    }

module internal ReportData =
    /// Reads a sweep's plan and the logs of its cells.
    let read (runsRoot: string) (sweepName: string) =
        let plan, logs, frames = Frames.ReadSweep(runsRoot, sweepName)
        let logs = CellLog.readable logs

        let all (records: RunLog -> 'record seq) =
            logs
            |> Array.collect (fun (cell, log) -> records log |> Seq.map (fun record -> cell, record) |> Seq.toArray)

        {
            Frames = frames
            Runs = all (fun log -> log.Records<RunRecord>() |> Seq.truncate 1) |> Map.ofArray
            Ends = all _.Records<EndRecord>() |> Map.ofArray
            Vectors =
                all _.Records<ProbeRecord>()
                |> Array.filter (fun (_, probe) -> probe.Values |> Seq.exists (fun value -> value.Vector.Count > 0))
            Provenance =
                plan.Provenance
                |> Seq.map (fun pair -> pair.Key, pair.Value)
                |> Seq.toArray
                |> Array.sortWith (fun (left, _) (right, _) -> System.String.CompareOrdinal(left, right))
        }
