namespace ReLoRA.Analysis.Comparing

open System
open System.Collections.Generic
open ReLoRA.Analysis

/// What changed from one sweep, A, to another, B: of two folders, two commits or two machines.
type SweepComparison =
    {
        /// The cells that are compared, in A's order.
        Cells: CellMatch[]
        /// Labels of A's cells that have no counterpart.
        OnlyA: string[]
        /// Labels of B's.
        OnlyB: string[]
        /// Knobs that differ, over all compared cells.
        Configuration: ChangedValue[]
        /// Commit, versions, machine, threads, device and data that differ.
        Environment: ChangedValue[]
        /// Figures by arm.
        Figures: FigureChange[]
        /// Verdicts of resets that differ in number, by arm.
        Resets: ChangedValue[]
        /// What each side's logs lack, and what could not be compared.
        Problems: string[]
    }

    /// What a plan's provenance says of the place and time alone.
    static member private IsIncidental(key: string) =
        key = "created"
        || key = "script_path"
        || key.StartsWith("text:", StringComparison.Ordinal)

    static member private Environments(a: ComparedSweep, b: ComparedSweep, pairs: (CellRow * CellRow)[]) =
        let value (side: IReadOnlyDictionary<string, string>) key =
            match side.TryGetValue key with
            | true, text -> text
            | _ -> ""

        let texts (side: ComparedSweep) =
            side.Provenance
            |> Seq.filter (fun pair -> pair.Key.StartsWith("text:", StringComparison.Ordinal))
            |> Seq.map (fun pair -> pair.Key, pair.Value)
            |> Map.ofSeq

        let change name first second =
            {
                Name = name
                A = first
                B = second
                Cells = 0
            }

        let facts (side: ComparedSweep) (cells: CellRow[]) =
            cells
            |> Array.collect (fun cell -> side.RunFacts cell.Cell)
            |> Array.groupBy fst
            |> Array.map (fun (name, values) ->
                name, values |> Array.map snd |> Array.distinct |> Array.sort |> String.concat ", ")
            |> Map.ofArray

        let first, second = facts a (Array.map fst pairs), facts b (Array.map snd pairs)

        [|
            yield!
                Seq.append a.Provenance.Keys b.Provenance.Keys
                |> Seq.distinct
                |> Seq.filter (fun key -> not (SweepComparison.IsIncidental key))
                |> Seq.map (fun key -> change key (value a.Provenance key) (value b.Provenance key))
            if (texts a).Count > 0 && (texts b).Count > 0 && texts a <> texts b then
                change "script's text" "differs" "from A's"
            yield!
                first
                |> Map.toSeq
                |> Seq.choose (fun (name, text) ->
                    second.TryFind name |> Option.map (fun other -> change name text other))
        |]
        |> Array.filter (fun one -> one.A <> one.B)
        |> Array.sortWith (fun one other -> String.CompareOrdinal(one.Name, other.Name))

    static member private Verdicts(a: Frames, b: Frames, pairs: (CellRow * CellRow)[]) =
        let counts (frames: Frames) (cells: CellRow[]) =
            let ids = cells |> Array.map _.Cell |> HashSet

            frames.Resets
            |> Array.filter (fun reset -> ids.Contains reset.Cell)
            |> Array.countBy _.Verdict
            |> Array.sort
            |> Array.map (fun (verdict, count) -> $"{count} {verdict}")
            |> String.concat ", "
            |> fun text -> if text = "" then "none" else text

        pairs
        |> Array.groupBy (fun (one, _) -> one.Arm)
        |> Array.map (fun (arm, cells) ->
            {
                Name = arm
                A = counts a (Array.map fst cells)
                B = counts b (Array.map snd cells)
                Cells = cells.Length
            })
        |> Array.filter (fun one -> one.A <> one.B)

    static member private Match(a: ComparedSweep, b: ComparedSweep, one: CellRow, other: CellRow, by: string) =
        let compared, log =
            match a.Logs.TryGetValue one.Cell, b.Logs.TryGetValue other.Cell with
            | (true, first), (true, second) -> true, LogEquality.differences first second |> String.concat "; "
            | (false, _), _ -> false, $"not compared: A's is {one.State}"
            | _ -> false, $"not compared: B's is {other.State}"

        {
            IdA = one.Cell
            LabelA = one.Label
            IdB = other.Cell
            LabelB = other.Label
            By = by
            Knobs = Matching.changes a.Frames b.Frames one other
            LogsCompared = compared
            LogsEqual = compared && log = ""
            Log = log
        }

    /// <summary>Compares two sweeps.</summary>
    /// <param name="runsA">A's folder of runs.</param>
    /// <param name="sweepA">A's sweep; empty for every cell of the folder.</param>
    /// <param name="runsB">B's folder of runs.</param>
    /// <param name="sweepB">B's sweep; empty for every cell of the folder.</param>
    /// <exception cref="T:ReLoRA.Results.Runs.RunFileException">There is no such sweep, or its plan is damaged.</exception>
    static member Of(runsA: string, sweepA: string, runsB: string, sweepB: string) : SweepComparison =
        let a, b = ComparedSweep.Read(runsA, sweepA), ComparedSweep.Read(runsB, sweepB)
        let matched, (onlyA, onlyB) = Matching.find a.Frames b.Frames
        let pairs = matched |> Array.map (fun (one, other, _) -> one, other)

        let cells =
            matched
            |> Array.map (fun (one, other, by) -> SweepComparison.Match(a, b, one, other, by))

        {
            Cells = cells
            OnlyA = onlyA |> Array.map _.Label
            OnlyB = onlyB |> Array.map _.Label
            Configuration =
                cells
                |> Array.collect _.Knobs
                |> Array.countBy (fun one -> one.Name, one.A, one.B)
                |> Array.map (fun ((name, first, second), count) ->
                    {
                        Name = name
                        A = first
                        B = second
                        Cells = count
                    })
            Environment = SweepComparison.Environments(a, b, pairs)
            Figures = FigureChanges.find a.Frames b.Frames pairs
            Resets = SweepComparison.Verdicts(a.Frames, b.Frames, pairs)
            Problems =
                [|
                    yield! a.Frames.Problems |> Array.map (fun problem -> $"A: {problem.Text}")
                    yield! b.Frames.Problems |> Array.map (fun problem -> $"B: {problem.Text}")
                |]
        }
