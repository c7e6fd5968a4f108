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
let ``A log of another format is refused`` () =
    use folder = new TemporaryFolder()
    let path = RunsFolder(folder.Path).Cell("c").LogPath
    Directory.CreateDirectory(folder.File("cells", "c")) |> ignore

    let later =
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

    File.WriteAllBytes(path, later)

    let fault =
        Assert.Throws<LogFormatException>(fun () -> Frames.OfRuns folder.Path |> ignore)

    Assert.Equal(LogFault.UnsupportedFormat, fault.Fault)
