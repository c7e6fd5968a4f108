module ReLoRA.Analysis.Tests.FrameProblemsTests

open System.IO
open ReLoRA.Analysis
open ReLoRA.Results.Log
open ReLoRA.Results.Runs
open ReLoRA.Testing
open Xunit

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
let ``A last loss that is no finite number is named`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    File.Delete(RunsFolder(folder.Path).Cell("x1").LogPath)
    SampleSweep.write folder.Path "x1" (SampleSweep.whole "x1" "Exact" "1" nan [])

    Assert.Equal(
        "Exact, seed 1 (x1): the last validation's loss is NaN, no finite number; nothing can be concluded of it.",
        (problem folder FrameProblemKind.NotFinite).Text
    )

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
