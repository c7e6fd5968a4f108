namespace ReLoRA.Analysis

open System
open System.Collections.Generic
open System.Linq
open ReLoRA.Results.Runs

/// What the logs of several cells hold, as rows. Cells are in the plan's order (by id outside of a sweep), the rest in that of cells and writing.
type Frames =
    {
        /// The sweep's name; of several their names, and empty for all cells of a folder.
        Sweep: string
        /// One row per cell, with or without a log.
        Cells: CellRow[]
        /// One row per optimizer step.
        Steps: StepRow[]
        /// One row per reset.
        Resets: ResetRow[]
        /// One row per reset and linear whose spectrum the log tells.
        Spectra: SpectrumRow[]
        /// One row per evaluation.
        Evals: EvalRow[]
        /// One row per evaluation and domain.
        Domains: DomainRow[]
        /// One row per evaluation on minimal pairs and phenomenon.
        Pairs: PairsRow[]
        /// One row per evaluation on a task and figure.
        Tasks: TaskRow[]
        /// One row per probe, moment and linear.
        Probes: ProbeRow[]
        /// The resolved configuration of each cell that has one, as JSON, by id.
        Configs: IReadOnlyDictionary<string, string>
    }

    static member private Of(sweep: string, logs: (SweepCell * CellLog)[]) =
        // A cell that stands in a plan twice, under two names, was still run once.
        let once = logs |> Array.distinctBy (fun (cell, _) -> cell.Id)

        let rows read =
            once
            |> Array.collect (fun (cell, log) ->
                match log with
                | Log log -> read cell.Id log
                | _ -> [||])

        let config _ (log: ReLoRA.Results.Log.RunLog) =
            match log.Run with
            | null -> [||]
            | run -> [| run.Config |]

        {
            Sweep = sweep
            Cells =
                logs
                |> Array.map (fun (cell, log) ->
                    match log with
                    | NoLog -> LogRows.cell cell null
                    | Log log -> LogRows.cell cell log
                    | Unreadable why -> LogRows.unreadable cell why)
            Steps = rows LogRows.steps
            Resets = rows LogRows.resets
            Spectra = rows LogRows.spectra
            Evals = rows LogRows.evals
            Domains = rows LogRows.domains
            Pairs = rows LogRows.pairs
            Tasks = rows LogRows.tasks
            Probes = rows LogRows.probes
            Configs =
                (rows (fun cell log -> config cell log |> Array.map (fun text -> cell, text))).ToDictionary(fst, snd)
        }

    static member private Planned(runs: RunsFolder, sweepName: string) =
        let path = runs.Sweep(sweepName).PlanPath

        match SweepFile.Read path with
        | null -> raise (RunFileException(path, $"there is no sweep '{sweepName}' here. Run its script first."))
        | plan -> plan

    /// A sweep's plan, the logs of its cells, and what they hold.
    static member internal ReadSweep(runsRoot: string, sweepName: string) =
        let runs = RunsFolder runsRoot
        let plan = Frames.Planned(runs, sweepName)

        let logs =
            plan.Cells
            |> Seq.map (fun cell -> cell, CellLog.read runs cell.Id)
            |> Seq.toArray

        plan, logs, Frames.Of(plan.Name, logs)

    /// <summary>Reads every cell of a sweep's plan, started or not. A log that this version cannot read is a problem of its cell.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepName">The sweep.</param>
    /// <exception cref="T:ReLoRA.Results.Runs.RunFileException">There is no such sweep, or its plan is damaged.</exception>
    static member OfSweep(runsRoot: string, sweepName: string) : Frames =
        let _, _, frames = Frames.ReadSweep(runsRoot, sweepName)
        frames

    /// <summary>
    /// Reads several sweeps of one folder. Labels and arms begin with the sweep's name; a cell that several sweeps have is in each of them.
    /// </summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepNames">The sweeps.</param>
    /// <exception cref="T:ReLoRA.Results.Runs.RunFileException">There is no such sweep, or its plan is damaged.</exception>
    static member OfSweeps(runsRoot: string, sweepNames: string seq) : Frames =
        let runs = RunsFolder runsRoot
        let read = Dictionary<string, CellLog>()

        let log (id: string) =
            match read.TryGetValue id with
            | true, log -> log
            | _ ->
                read[id] <- CellLog.read runs id
                read[id]

        let names = Seq.toArray sweepNames

        let logs =
            names
            |> Array.collect (fun name ->
                Frames.Planned(runs, name).Cells
                |> Seq.map (fun cell ->
                    SweepCell(cell.Id, $"{name}: {cell.Label}", $"{name}: {cell.Arm}", cell.Seed, cell.Baseline),
                    log cell.Id)
                |> Seq.toArray)

        Frames.Of(String.Join(", ", names), logs)

    /// The logs of a folder's cells, and what they hold.
    static member internal ReadRuns(runsRoot: string) =
        let runs = RunsFolder runsRoot

        let read (folder: CellFolder) =
            let log = CellLog.read runs folder.Id

            let seed =
                match log with
                | Log log ->
                    match log.Run with
                    | null -> ""
                    | run -> run.Seed
                | _ -> ""

            SweepCell(folder.Id, folder.Id, folder.Id, seed, ""), log

        let logs = runs.Cells() |> Seq.map read |> Seq.toArray
        logs, Frames.Of("", logs)

    /// <summary>Reads every cell of a folder of runs, each an arm of its own.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    static member OfRuns(runsRoot: string) : Frames = snd (Frames.ReadRuns runsRoot)

    /// Every row with its cell's id, label and arm changed.
    member private frames.Renamed(id: string -> string, name: string -> string) =
        let each (rows: 'row[]) (rename: 'row -> 'row) = rows |> Array.map rename

        { frames with
            Cells =
                each frames.Cells (fun row ->
                    { row with
                        Cell = id row.Cell
                        Label = name row.Label
                        Arm = name row.Arm
                        Baseline = (if row.Baseline = "" then "" else id row.Baseline)
                    })
            Steps = each frames.Steps (fun row -> { row with Cell = id row.Cell })
            Resets = each frames.Resets (fun row -> { row with Cell = id row.Cell })
            Spectra = each frames.Spectra (fun row -> { row with Cell = id row.Cell })
            Evals = each frames.Evals (fun row -> { row with Cell = id row.Cell })
            Domains = each frames.Domains (fun row -> { row with Cell = id row.Cell })
            Pairs = each frames.Pairs (fun row -> { row with Cell = id row.Cell })
            Tasks = each frames.Tasks (fun row -> { row with Cell = id row.Cell })
            Probes = each frames.Probes (fun row -> { row with Cell = id row.Cell })
            Configs = frames.Configs.ToDictionary((fun pair -> id pair.Key), (fun pair -> pair.Value))
        }

    /// <summary>
    /// Frames of two folders, for example of two machines, as one: ids, labels and arms begin with the part's name, so that a cell which
    /// both ran is there twice.
    /// </summary>
    /// <param name="firstName">The first part's name.</param>
    /// <param name="first">The first part.</param>
    /// <param name="secondName">The second part's name; another one.</param>
    /// <param name="second">The second part.</param>
    static member Join(firstName: string, first: Frames, secondName: string, second: Frames) : Frames =
        if firstName = secondName then
            invalidArg (nameof secondName) $"both parts are called '{firstName}'; allowed: two names"

        let named (part: string) (frames: Frames) =
            frames.Renamed((fun id -> $"{part}/{id}"), (fun text -> $"{part}: {text}"))

        let one, other = named firstName first, named secondName second

        {
            Sweep = $"{firstName}: {first.Sweep}, {secondName}: {second.Sweep}"
            Cells = Array.append one.Cells other.Cells
            Steps = Array.append one.Steps other.Steps
            Resets = Array.append one.Resets other.Resets
            Spectra = Array.append one.Spectra other.Spectra
            Evals = Array.append one.Evals other.Evals
            Domains = Array.append one.Domains other.Domains
            Pairs = Array.append one.Pairs other.Pairs
            Tasks = Array.append one.Tasks other.Tasks
            Probes = Array.append one.Probes other.Probes
            Configs = one.Configs.Concat(other.Configs).ToDictionary((fun pair -> pair.Key), (fun pair -> pair.Value))
        }

    /// <summary>The cells that a predicate keeps, with their rows. Keep their baselines too where arms are to be compared.</summary>
    /// <param name="keep">Whether to keep a cell.</param>
    member frames.Where(keep: Func<CellRow, bool>) : Frames =
        let cells = frames.Cells |> Array.filter keep.Invoke
        let ids = cells |> Array.map _.Cell |> HashSet

        let kept (cellOf: 'row -> string) (rows: 'row[]) =
            rows |> Array.filter (cellOf >> ids.Contains)

        { frames with
            Cells = cells
            Steps = kept _.Cell frames.Steps
            Resets = kept _.Cell frames.Resets
            Spectra = kept _.Cell frames.Spectra
            Evals = kept _.Cell frames.Evals
            Domains = kept _.Cell frames.Domains
            Pairs = kept _.Cell frames.Pairs
            Tasks = kept _.Cell frames.Tasks
            Probes = kept _.Cell frames.Probes
            Configs =
                frames.Configs
                    .Where(fun pair -> ids.Contains pair.Key)
                    .ToDictionary((fun pair -> pair.Key), (fun pair -> pair.Value))
        }

    member private frames.Leaves() =
        frames.Configs
        |> Seq.collect (fun pair ->
            Knobs.ofConfig pair.Value
            |> Seq.map (fun (knob, value) -> knob, (pair.Key, value)))
        |> Seq.toArray

    /// <summary>One knob of every cell, by its path in the configuration as a sweep script writes it.</summary>
    /// <param name="path">For example LowRank.Rank.</param>
    /// <exception cref="T:System.ArgumentException">No cell's configuration has such a knob.</exception>
    member frames.Knob(path: string) : KnobColumn =
        let leaves = frames.Leaves()
        let found = leaves |> Array.filter (fun (knob, _) -> knob = path)

        if found.Length = 0 then
            let known = leaves |> Array.map fst |> Array.distinct |> Array.sort

            let shown =
                match
                    known
                    |> Array.filter (fun knob -> knob.EndsWith($".{path}", StringComparison.Ordinal))
                with
                | [||] -> known
                | near -> near

            invalidArg
                (nameof path)
                $"""no cell's configuration tells a knob '{path}'; there are: {String.Join(", ", shown)}. One at its default in every cell may be left out."""

        KnobColumn(path, (found |> Array.map snd).ToDictionary(fst, snd))

    /// The paths of the knobs in which cells differ, in alphabetical order: what a sweep is about.
    member frames.DifferingKnobs() : string[] =
        let count = frames.Configs.Count

        frames.Leaves()
        |> Array.groupBy fst
        |> Array.filter (fun (_, found) ->
            found.Length < count
            || found |> Array.map (snd >> snd) |> Array.distinct |> Array.length > 1)
        |> Array.map fst
        |> Array.sortWith (fun one other -> String.CompareOrdinal(one, other))

    /// The validation at the last step of each finished cell, by id. A cell whose log lost it has none: an earlier one does not stand in.
    member frames.FinalEvals() : IReadOnlyDictionary<string, EvalRow> =
        let isAtEnd = Finals.isAtEnd frames.Cells

        (frames.Evals
         |> Array.filter (fun eval -> eval.Name = "perplexity" && isAtEnd eval.Cell eval.Step)
         |> Array.groupBy _.Cell)
            .ToDictionary(fst, (snd >> Array.last))

    /// <summary>The differences of an arm's last validation losses from their baselines', by seed.</summary>
    /// <param name="arm">The arm.</param>
    member frames.LossDifferences(arm: string) : float[] =
        frames.Cells
        |> Array.filter (fun cell -> cell.Arm = arm)
        |> Finals.pairedLosses (frames.FinalEvals())
        |> Array.map (fun (loss, baseline) -> loss - baseline)

    /// <summary>The differences of a figure between two arms' cells of the same seed, in the order of the arm's cells.</summary>
    /// <param name="arm">The arm.</param>
    /// <param name="against">The arm whose figure is subtracted; it need not be the baseline.</param>
    /// <param name="figure">A cell's figure. A pair without both is left out: NaN says that there is none.</param>
    /// <exception cref="T:System.ArgumentException">There is no such arm.</exception>
    member frames.Differences(arm: string, against: string, figure: Func<CellRow, float>) : float[] =
        let figures name =
            match frames.Cells |> Array.filter (fun cell -> cell.Arm = name) with
            | [||] ->
                let known =
                    frames.Cells |> Array.map (fun cell -> $"'{cell.Arm}'") |> Array.distinct

                invalidArg (nameof arm) $"""no arm is called '{name}'; there are {String.Join(", ", known)}"""
            | cells -> cells |> Array.map (fun cell -> cell.Seed, figure.Invoke cell)

        let subtracted = Map.ofArray (figures against)

        figures arm
        |> Array.choose (fun (seed, value) ->
            subtracted.TryFind seed
            |> Option.map (fun other -> value - other)
            |> Option.filter (Double.IsNaN >> not))

    /// What keeps cells from being counted, or comparisons from being concluded: of cells in their order, then of the whole.
    member frames.Problems: FrameProblem[] =
        let evals = frames.FinalEvals()

        let known =
            frames.Cells
            |> Array.map (fun cell -> cell.Cell, cell)
            |> Seq.distinctBy fst
            |> Map.ofSeq

        let isAtEnd = Finals.isAtEnd frames.Cells

        FrameProblems.find
            frames.Cells
            (Finals.tryFind evals)
            known.TryFind
            (FrameProblems.figures
                (frames.Pairs |> Array.filter (fun row -> isAtEnd row.Cell row.Step))
                (frames.Tasks |> Array.filter (fun row -> isAtEnd row.Cell row.Step))
                frames.Probes)
