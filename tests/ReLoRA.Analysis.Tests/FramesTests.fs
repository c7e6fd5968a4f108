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
let ``Two arms that are no baseline of each other are paired by seed`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    let frames = Frames.OfSweep(folder.Path, "quickstart")
    let losses = frames.FinalEvals()
    let loss (cell: CellRow) = losses[cell.Cell].Loss

    let loss1 (cell: CellRow) =
        if cell.Seed = "1" then loss cell else nan

    Assert.Equal<float>(
        frames.LossDifferences "Exact",
        frames.Differences("Exact", "full rank", System.Func<_, _> loss)
    )

    Assert.Equal<float>(
        [| losses["x1"].Loss - losses["p1"].Loss |],
        frames.Differences("Exact", "PaperSingleGpu", System.Func<_, _> loss1)
    )

    let unknown =
        Assert.Throws<System.ArgumentException>(fun () ->
            frames.Differences("exact", "full rank", System.Func<_, _> loss) |> ignore)

    Assert.StartsWith(
        "no arm is called 'exact'; there are 'full rank', 'Exact', 'PaperSingleGpu'",
        unknown.Message,
        System.StringComparison.Ordinal
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
