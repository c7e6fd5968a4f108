namespace ReLoRA.Analysis

open System.IO
open ReLoRA.Results.Log
open ReLoRA.Results.Runs

/// What the logs of several cells hold, as rows. Cells are in the plan's order (by id outside of a sweep), the rest in that of cells and writing.
type Frames =
    {
        /// The sweep's name; empty for all cells of a folder.
        Sweep: string
        /// One row per cell, with or without a log.
        Cells: CellRow[]
        /// One row per optimizer step.
        Steps: StepRow[]
        /// One row per reset.
        Resets: ResetRow[]
        /// One row per evaluation.
        Evals: EvalRow[]
        /// One row per evaluation and domain.
        Domains: DomainRow[]
        /// One row per evaluation on minimal pairs and phenomenon.
        Pairs: PairsRow[]
        /// One row per probe, moment and linear.
        Probes: ProbeRow[]
    }

    static member private Log(runs: RunsFolder, cell: string) : RunLog | null =
        let path = runs.Cell(cell).LogPath
        if File.Exists path then RunLogReader.Read path else null

    static member private Of(sweep: string, logs: (SweepCell * (RunLog | null))[]) =
        let rows (read: string -> RunLog -> 'row[]) =
            logs
            // A cell that stands in a plan twice, under two names, was still run once.
            |> Array.distinctBy (fun (cell, _) -> cell.Id)
            |> Array.collect (fun (cell, log) ->
                match log with
                | null -> [||]
                | log -> read cell.Id log)

        {
            Sweep = sweep
            Cells = logs |> Array.map (fun (cell, log) -> LogRows.cell cell log)
            Steps = rows LogRows.steps
            Resets = rows LogRows.resets
            Evals = rows LogRows.evals
            Domains = rows LogRows.domains
            Pairs = rows LogRows.pairs
            Probes = rows LogRows.probes
        }

    /// <summary>Reads every cell of a sweep's plan, started or not.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepName">The sweep.</param>
    /// <exception cref="T:ReLoRA.Results.Runs.RunFileException">There is no such sweep, or its plan is damaged.</exception>
    /// <exception cref="T:ReLoRA.Results.Log.LogFormatException">A log is of another version of the format.</exception>
    static member OfSweep(runsRoot: string, sweepName: string) =
        let runs = RunsFolder runsRoot
        let path = runs.Sweep(sweepName).PlanPath

        match SweepFile.Read path with
        | null -> raise (RunFileException(path, $"there is no sweep '{sweepName}' here. Run its script first."))
        | plan ->
            let logs =
                plan.Cells
                |> Seq.map (fun cell -> cell, Frames.Log(runs, cell.Id))
                |> Seq.toArray

            Frames.Of(plan.Name, logs)

    /// <summary>Reads every cell of a folder of runs, each an arm of its own.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <exception cref="T:ReLoRA.Results.Log.LogFormatException">A log is of another version of the format.</exception>
    static member OfRuns(runsRoot: string) =
        let runs = RunsFolder runsRoot

        let read (folder: CellFolder) =
            let log = Frames.Log(runs, folder.Id)

            let seed =
                match log with
                | null -> ""
                | log ->
                    match log.Run with
                    | null -> ""
                    | run -> run.Seed

            SweepCell(folder.Id, folder.Id, folder.Id, seed, ""), log

        Frames.Of("", runs.Cells() |> Seq.map read |> Seq.toArray)
