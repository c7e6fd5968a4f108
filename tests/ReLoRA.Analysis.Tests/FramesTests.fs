module ReLoRA.Analysis.Tests.FramesTests

open System.IO
open ReLoRA.Analysis
open ReLoRA.Results.Log
open ReLoRA.Results.Runs
open ReLoRA.Testing
open Xunit

[<Fact>]
let ``A sweep's cells come in the plan's order with what their logs say`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    let frames = Frames.OfSweep(folder.Path, "quickstart")
    Assert.Equal<string>([| "f1"; "x1"; "p1"; "f2"; "x2"; "p2" |], frames.Cells |> Array.map _.Cell)
    let exact = frames.Cells[1]
    Assert.Equal("ReLoRA", exact.Method)
    Assert.Equal("Exact", exact.Semantics)
    Assert.Equal("finished", exact.State)
    Assert.Equal("f1", exact.Baseline)
    Assert.Equal(4L, exact.LastStep)
    Assert.Equal(20000.0, exact.TokensPerSecond)
    Assert.Equal(60.0, exact.Seconds)
    Assert.Equal(1e6, exact.PeakMemoryBytes)
    Assert.Equal("", exact.Damage)

[<Fact>]
let ``Every record becomes a row`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    let frames = Frames.OfSweep(folder.Path, "quickstart")
    Assert.Equal(6 * 4, frames.Steps.Length)
    Assert.Equal(4 * 3, frames.Resets.Length)
    Assert.Equal(6 * 2, frames.Evals.Length)
    Assert.Equal(6 * 2 * 2, frames.Domains.Length)
    let step = frames.Steps[1]
    Assert.Equal(("f1", 2L, 1024L, 4.0), (step.Cell, step.Step, step.Tokens, step.Loss))
    Assert.Equal(45000.0, step.TokensPerSecond)
    let domain = frames.Domains[3]

    Assert.Equal(
        ("f1", 4L, "perplexity", "fiction", 1000L),
        (domain.Cell, domain.Step, domain.Evaluation, domain.Domain, domain.Tokens)
    )

[<Fact>]
let ``A probe's record becomes a row per linear`` () =
    use folder = new TemporaryFolder()

    let probe =
        ProbeRecord(
            Step = 2L,
            Tokens = 1024L,
            Name = "effective_rank/weight",
            Metric = "effective_rank",
            Of = "weight",
            Moment = "before_reset",
            Values =
                [|
                    ProbeValue("layers.0.attention.q_proj", 0.75, "")
                    ProbeValue("layers.0.attention.k_proj", nan, "zero matrix")
                |]
        )

    SampleSweep.write folder.Path "c" [ SampleSweep.run "c" "Exact" "1"; probe ]
    let rows = (Frames.OfRuns folder.Path).Probes
    Assert.Equal<string>([| ""; "zero matrix" |], rows |> Array.map _.Finding)
    Assert.Equal<float>([| 0.75; nan |], rows |> Array.map _.Value)
    let row = rows[0]

    Assert.Equal(
        ("c", 2L, 1024L, "effective_rank/weight", "before_reset", "layers.0.attention.q_proj"),
        (row.Cell, row.Step, row.Tokens, row.Name, row.Moment, row.Layer)
    )

    Assert.Equal(("effective_rank", "weight"), (row.Metric, row.Of))

[<Fact>]
let ``Cells that did not finish say how far they are`` () =
    use folder = new TemporaryFolder()
    SampleSweep.interrupted folder.Path
    let cells = Frames.OfSweep(folder.Path, "interrupted").Cells

    Assert.Equal<string>(
        [|
            "finished"
            "finished"
            "unfinished"
            "diverged"
            "unfinished"
            "not started"
        |],
        cells |> Array.map _.State
    )

    Assert.StartsWith("bytes ", cells[4].Damage)
    Assert.Equal(nan, cells[5].TokensPerSecond)

[<Fact>]
let ``A folder of runs is read without a plan`` () =
    let root = Repository.PathOf("tests", "Fixtures", "logs", "format-1", "runs")
    let frames = Frames.OfRuns root
    Assert.Equal<string>([| "aaaaaaaaaaaa"; "bbbbbbbbbbbb" |], frames.Cells |> Array.map _.Arm)
    Assert.Equal<string>([| "9223372036854775807"; "9223372036854775807" |], frames.Cells |> Array.map _.Seed)
    Assert.Equal(140, frames.Steps.Length)
    Assert.Equal<string>([| "kept"; "changed" |], frames.Resets |> Array.map _.Verdict)

[<Fact>]
let ``A sweep that is not there is named`` () =
    use folder = new TemporaryFolder()

    let fault =
        Assert.Throws<RunFileException>(fun () -> Frames.OfSweep(folder.Path, "nothing") |> ignore)

    let path = folder.File("sweeps", "nothing", "sweep.json")
    Assert.Equal($"{path}: there is no sweep 'nothing' here. Run its script first.", fault.Message)

/// A run record of a format that is not written yet.
let private later =
    Array.concat
        [
            [| 0x82uy; 0xa4uy |]
            "kind"B
            [| 0xa3uy |]
            "run"B
            [| 0xa6uy |]
            "format"B
            [| 2uy |]
        ]

let private write (root: string) (cell: string) (bytes: byte[]) =
    let folder = RunsFolder(root).Cell cell
    Directory.CreateDirectory folder.Path |> ignore
    File.WriteAllBytes(folder.LogPath, bytes)

let private texts (frames: Frames) = frames.Problems |> Array.map _.Text

let private kinds (frames: Frames) = frames.Problems |> Array.map _.Kind

[<Fact>]
let ``A log of another format is named and left out, and the others are read`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    write folder.Path "x1" later
    let frames = Frames.OfSweep(folder.Path, "quickstart")
    Assert.Equal("unreadable", frames.Cells[1].State)
    Assert.Equal(5 * 4, frames.Steps.Length)
    let problem = frames.Problems[0]
    Assert.Equal((FrameProblemKind.Unreadable, "x1"), (problem.Kind, problem.Cell))

    Assert.StartsWith("Exact, seed 1 (x1): the log cannot be read and the cell is not counted: ", problem.Text)

    Assert.EndsWith(
        "the log's format is 2; this version reads format 1. Read it with the version that wrote it.",
        problem.Text
    )

    // Of Exact one seed is left.
    Assert.StartsWith("One seed only: Exact.", (Array.last frames.Problems).Text)

[<Fact>]
let ``The tables and the report of a sweep with such a log are made, and name it`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    write folder.Path "x1" later
    write folder.Path "f2" [||]
    let summary = (Summary.OfSweep(folder.Path, "quickstart")).[0]
    let page = ReLoRA.Analysis.Report.SweepReport.Html(folder.Path, "quickstart")
    let paper = Path.Combine(folder.Path, "paper")

    let study =
        ReLoRA.Analysis.Report.Paper.PaperReport.Write(folder.Path, "quickstart", paper, null, null)

    Assert.Contains("the log cannot be read", File.ReadAllText study.Page)

    for text in
        [
            "Exact, seed 1 (x1): the log cannot be read"
            "full rank, seed 2 (f2): the log is empty, and the cell is not counted."
        ] do
        Assert.Contains(summary.Notes, fun note -> note.StartsWith(text, System.StringComparison.Ordinal))
        Assert.Contains(text, page)

[<Fact>]
let ``A log that goes on in another version is left out as a whole`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    let path = RunsFolder(folder.Path).Cell("p2").LogPath
    write folder.Path "p2" (Array.append (File.ReadAllBytes path) later)
    let frames = Frames.OfSweep(folder.Path, "quickstart")
    Assert.Equal("unreadable", frames.Cells[5].State)
    Assert.DoesNotContain("p2", frames.Steps |> Array.map _.Cell)

[<Fact>]
let ``An empty log, a torn one and one that is no log are problems of their cells`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    let whole = File.ReadAllBytes(RunsFolder(folder.Path).Cell("x1").LogPath)
    write folder.Path "x1" [||]
    write folder.Path "p1" whole[.. whole.Length / 2]
    write folder.Path "f2" "no log at all"B
    let frames = Frames.OfSweep(folder.Path, "quickstart")

    Assert.Equal<FrameProblemKind>(
        [|
            FrameProblemKind.Empty
            FrameProblemKind.Unfinished
            FrameProblemKind.Damaged
            FrameProblemKind.Unfinished
            FrameProblemKind.Damaged
            FrameProblemKind.NoBaseline
            FrameProblemKind.NoBaseline
            FrameProblemKind.OneSeed
        |],
        kinds frames
    )

    Assert.Equal(
        "Exact, seed 2 (x2): its baseline f2 is unfinished, so that it is in no difference.",
        (texts frames)[5]
    )

[<Fact>]
let ``Arms without a baseline, and figures that some cells lack, are told`` () =
    use folder = new TemporaryFolder()
    let task: LogRecord = SampleSweep.task 4L "blimp" 0.6
    SampleSweep.write folder.Path "a" (SampleSweep.whole "a" "" "1" 3.0 [ task ])
    SampleSweep.write folder.Path "b" (SampleSweep.whole "b" "Exact" "1" 3.1 [])
    SampleSweep.plan folder.Path "s" [ SweepCell("a", "a", "a", "1", ""); SweepCell("b", "b", "b", "1", "") ]

    Assert.Equal<string>(
        [|
            "b lacks what other cells have: task blimp on blimp."
            "One seed only: a, b. What another seed would change is not known: no interval, and nothing can be concluded of a difference."
            "No cell has a baseline: arms are shown side by side and not compared."
        |],
        texts (Frames.OfSweep(folder.Path, "s"))
    )

[<Fact>]
let ``A sweep that is as it should be has no problems`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    Assert.Empty(Frames.OfSweep(folder.Path, "quickstart").Problems)

[<Fact>]
let ``Tasks and spectra become rows, and steps tell what was done so far`` () =
    use folder = new TemporaryFolder()
    let layer = ResetLayer("q", 0.0, 1.0, Rank = 4, Spectrum = [| 2.0; 1.0 |])

    SampleSweep.write
        folder.Path
        "c"
        (SampleSweep.whole
            "c"
            "Exact"
            "1"
            3.0
            [
                SampleSweep.resetOf [| layer |] 1 "Exact" 0.0 "kept"
                SampleSweep.task 4L "blimp" 0.6
            ])

    let frames = Frames.OfRuns folder.Path
    let task = frames.Tasks[0]

    Assert.Equal(
        ("blimp", "overall", "accuracy", 0.6, 60L),
        (task.Task, task.Group, task.Metric, task.Value, task.Correct)
    )

    let spectrum = frames.Spectra[0]
    Assert.Equal(("c", 1, "q", 4), (spectrum.Cell, spectrum.Number, spectrum.Layer, spectrum.Rank))
    Assert.Equal<float>([| 2.0; 1.0 |], spectrum.Values)
    let last = Array.last frames.Steps
    // 10 operations a token, 512 tokens and a second a step.
    Assert.Equal((10.0 * 2048.0, 4.0), (last.Operations, last.SecondsSoFar))
    Assert.Equal((10.0, 20480.0), (frames.Cells[0].OperationsPerToken, frames.Cells[0].TrainingOperations))

let private knobs (root: string) =
    let config rank =
        $$"""{"LowRank":{"Rank":{{rank}},"Targets":["q","k"]},"Optimizer":{"LearningRate":0.001},"Seed":1}"""

    SampleSweep.write root "a" (SampleSweep.configured "a" (config 4))
    SampleSweep.write root "b" (SampleSweep.configured "b" (config 16))
    SampleSweep.write root "c" (SampleSweep.configured "c" """{"Optimizer":{"LearningRate":0.001},"Seed":1}""")

    SampleSweep.plan
        root
        "s"
        [
            for cell in [ "a"; "b"; "c" ] ->
                SweepCell(cell, $"{cell} seed 1", cell, "1", (if cell = "c" then "" else "c"))
        ]

[<Fact>]
let ``A knob is a column of cells, with its type`` () =
    use folder = new TemporaryFolder()
    knobs folder.Path
    let frames = Frames.OfSweep(folder.Path, "s")
    let rank = frames.Knob "LowRank.Rank"
    Assert.Equal((4.0, 16.0), (rank.Number "a", rank.Number "b"))
    Assert.Equal(("16", ""), (rank.Text "b", rank.Text "c"))
    Assert.Equal((false, 0.0), (rank.Has "c", rank.NumberOr("c", 0.0)))
    Assert.Equal("""["q","k"]""", (frames.Knob "LowRank.Targets").Text "a")
    Assert.Equal(1e-3, (frames.Knob "Optimizer.LearningRate").Number "c")
    Assert.Equal<string>([| "LowRank.Rank"; "LowRank.Targets" |], frames.DifferingKnobs())

[<Fact>]
let ``A knob that is not there, or not told, is named with those that are`` () =
    use folder = new TemporaryFolder()
    knobs folder.Path
    let frames = Frames.OfSweep(folder.Path, "s")

    let unknown =
        Assert.Throws<System.ArgumentException>(fun () -> frames.Knob "Rank" |> ignore)

    Assert.Contains("no cell's configuration tells a knob 'Rank'; there are: LowRank.Rank.", unknown.Message)

    let untold =
        Assert.Throws<System.InvalidOperationException>(fun () -> (frames.Knob "LowRank.Rank").Number "c" |> ignore)

    Assert.StartsWith("the configuration of cell c does not tell LowRank.Rank", untold.Message)

[<Fact>]
let ``Cells are kept by a predicate, with their rows`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path

    let kept =
        Frames.OfSweep(folder.Path, "quickstart").Where(fun cell -> cell.Seed = "1")

    Assert.Equal<string>([| "f1"; "x1"; "p1" |], kept.Cells |> Array.map _.Cell)
    Assert.Equal((3 * 4, 6, 3 * 2, 3), (kept.Steps.Length, kept.Resets.Length, kept.Evals.Length, kept.Configs.Count))
    Assert.StartsWith("One seed only: full rank, Exact, PaperSingleGpu.", (Array.exactlyOne kept.Problems).Text)

[<Fact>]
let ``Several sweeps are one, and a cell that two have is in both arms and read once`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    SampleSweep.plan folder.Path "again" [ SweepCell("x1", "x", "x", "1", "f1"); SweepCell("f1", "f", "f", "1", "") ]
    let frames = Frames.OfSweeps(folder.Path, [ "quickstart"; "again" ])
    Assert.Equal("quickstart, again", frames.Sweep)
    Assert.Equal((8, 6 * 4), (frames.Cells.Length, frames.Steps.Length))
    Assert.Equal("again: x", frames.Cells[6].Arm)

    Assert.Equal<float>(
        [| 0.175 |],
        frames.LossDifferences "again: x"
        |> Array.map (fun one -> System.Math.Round(one, 12))
    )

[<Fact>]
let ``Two folders are one, with what both ran twice`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    let one = Frames.OfSweep(folder.Path, "quickstart")
    let both = Frames.Join("main", one, "branch", one)
    Assert.Equal((12, 2 * 6 * 4), (both.Cells.Length, both.Steps.Length))

    Assert.Equal(
        ("branch/x1", "branch: Exact", "branch/f1"),
        (both.Cells[7].Cell, both.Cells[7].Arm, both.Cells[7].Baseline)
    )

    Assert.Equal<float>(one.LossDifferences "Exact", both.LossDifferences "branch: Exact")
    Assert.Throws<System.ArgumentException>(fun () -> Frames.Join("a", one, "a", one) |> ignore)

let private problem (folder: TemporaryFolder) kind =
    Frames.OfSweep(folder.Path, "quickstart").Problems
    |> Array.filter (fun problem -> problem.Kind = kind)
    |> Array.exactlyOne

[<Fact>]
let ``An earlier evaluation does not stand in for the last one, which damage took`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    File.Delete(RunsFolder(folder.Path).Cell("x1").LogPath)

    let pairs step =
        PairsRecord(
            Step = step,
            Tokens = step,
            Name = "pairs",
            Accuracy = 0.5,
            Phenomena = [| PairsPhenomenon("p", 1L, 0L, 2L) |]
        )

    SampleSweep.write
        folder.Path
        "x1"
        [
            SampleSweep.run "x1" "Exact" "1"
            SampleSweep.eval 2L 7.0 7.0
            pairs 2L
            SampleSweep.step 4L 1.0
            SampleSweep.final "finished"
        ]

    let frames = Frames.OfSweep(folder.Path, "quickstart")
    Assert.Equal(5, frames.FinalEvals().Count)
    Assert.Empty(PairsTable.lastOfFinished frames)

    Assert.Equal(
        "Exact, seed 1 (x1) has no validation of its last step, 4, and is not counted.",
        (problem folder FrameProblemKind.NoValidation).Text
    )

[<Fact>]
let ``The last step of a finished cell is the one that its end tells, whatever damage took`` () =
    use folder = new TemporaryFolder()

    SampleSweep.write
        folder.Path
        "c"
        [
            SampleSweep.run "c" "" "1"
            SampleSweep.step 2L 1.0
            SampleSweep.final "finished"
        ]

    Assert.Equal(4L, (Frames.OfRuns folder.Path).Cells[0].LastStep)

[<Fact>]
let ``A last loss that is no finite number is named`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    File.Delete(RunsFolder(folder.Path).Cell("x1").LogPath)
    SampleSweep.write folder.Path "x1" (SampleSweep.whole "x1" "Exact" "1" nan [])

    Assert.Equal(
        "Exact, seed 1 (x1): the last validation's loss is NaN, no finite number; nothing can be concluded of it.",
        (problem folder FrameProblemKind.NotFinite).Text
    )

[<Theory>]
[<InlineData(-5L, "")>]
[<InlineData(-8L, "")>]
[<InlineData(4294967297L, "80")>]
[<InlineData(System.Int64.MaxValue, "")>]
let ``Marks of a count that cannot be are none`` (count: int64) (right: string) =
    use folder = new TemporaryFolder()

    let pairs =
        PairsRecord(
            Step = 4L,
            Tokens = 1L,
            Name = "pairs",
            Accuracy = 0.5,
            Phenomena = [| PairsPhenomenon("p", 0L, 0L, count, Right = right) |]
        )

    SampleSweep.write folder.Path "c" [ SampleSweep.run "c" "" "1"; pairs ]
    Assert.Empty((Array.exactlyOne (Frames.OfRuns folder.Path).Pairs).Right)

[<Fact>]
let ``A log that cannot be opened is named and left out, and the others are read`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    // The access to a folder as a file is denied, to root as well; a link to itself is another fault of input.
    let denied, circular =
        RunsFolder(folder.Path).Cell("x1").LogPath, RunsFolder(folder.Path).Cell("p1").LogPath

    File.Delete denied
    Directory.CreateDirectory denied |> ignore
    File.Delete circular
    File.CreateSymbolicLink(circular, circular) |> ignore
    let frames = Frames.OfSweep(folder.Path, "quickstart")

    let unreadable =
        frames.Problems
        |> Array.filter (fun problem -> problem.Kind = FrameProblemKind.Unreadable)

    Assert.Equal<string>([| "x1"; "p1" |], unreadable |> Array.map _.Cell)
    Assert.Contains(denied, unreadable[0].Text)
    Assert.Contains(circular, unreadable[1].Text)
    Assert.Equal(4 * 4, frames.Steps.Length)

[<Fact>]
let ``A cell of a plan whose id is no name of a folder is named and left out`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    SampleSweep.plan folder.Path "s" [ SweepCell("f1", "f", "f", "1", ""); SweepCell("../f2", "g", "g", "2", "") ]
    let frames = Frames.OfSweep(folder.Path, "s")
    Assert.Equal<string>([| "finished"; "unreadable" |], frames.Cells |> Array.map _.State)
    Assert.Contains("'../f2' cannot be the name of a folder", (texts frames)[0])

[<Fact>]
let ``Seconds so far are not known behind lost steps`` () =
    use folder = new TemporaryFolder()

    SampleSweep.write
        folder.Path
        "c"
        [
            SampleSweep.run "c" "" "1"
            for number in [ 1L; 2L; 4L; 5L ] do
                SampleSweep.step number 512.0
        ]

    Assert.Equal<float>([| 1.0; 2.0; nan; nan |], (Frames.OfRuns folder.Path).Steps |> Array.map _.SecondsSoFar)
