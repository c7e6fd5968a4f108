module ReLoRA.Analysis.Tests.Comparing.SweepComparisonTests

open System
open System.Collections.Generic
open System.IO
open ReLoRA.Analysis
open ReLoRA.Analysis.Comparing
open ReLoRA.Analysis.Tests
open ReLoRA.Results.Log
open ReLoRA.Results.Runs
open ReLoRA.Testing
open Xunit

let private rounding = 1e-12

let private config (rank: int) (rate: string) (seed: string) =
    $$"""{"LowRank":{"Rank":{{rank}}},"Optimizer":{"LearningRate":{{rate}}},"Seed":{{seed}}}"""

/// A sweep of ranks and seeds whose ids and losses depend on the rate.
let private sweep
    (root: string)
    (prefix: string)
    (rate: string)
    (commit: string)
    (ranks: int list)
    (loss: int -> int -> float)
    =
    let cells =
        [
            for rank in ranks do
                for seed in 1..2 -> rank, seed, $"{prefix}{rank}{seed}"
        ]

    for rank, seed, cell in cells do
        SampleSweep.write
            root
            cell
            (SampleSweep.configured' cell (config rank rate (string seed)) (string seed) (loss rank seed))

    SweepFile(
        Name = "s",
        Cells =
            [|
                for rank, seed, cell in cells ->
                    SweepCell(cell, $"{prefix}r{rank} seed {seed}", $"{prefix}r{rank}", string seed, "")
            |],
        Provenance = Dictionary(dict [ "git_commit", commit; "created", commit; "text:a.csx", $"text of {commit}" ])
    )
        .Write(RunsFolder(root).Sweep("s").PlanPath)

let private compare (a: TemporaryFolder) (b: TemporaryFolder) =
    SweepComparison.Of(a.Path, "s", b.Path, "s")

[<Fact>]
let ``A sweep and its copy are equal to the last bit`` () =
    use a = new TemporaryFolder()
    use b = new TemporaryFolder()
    SampleSweep.twoSeeds a.Path
    SampleSweep.twoSeeds b.Path
    let found = SweepComparison.Of(a.Path, "quickstart", b.Path, "quickstart")
    Assert.Equal(6, found.Cells.Length)
    Assert.All(found.Cells, fun cell -> Assert.Equal(("id", true, ""), (cell.By, cell.LogsEqual, cell.Log)))
    Assert.All(found.Figures, fun figure -> Assert.True figure.Equal)
    Assert.Empty found.Configuration
    Assert.Empty found.Environment
    Assert.Empty found.Resets
    Assert.Empty found.Problems

[<Fact>]
let ``Cells of other ids are matched by label, and their numbers paired by seed`` () =
    use a = new TemporaryFolder()
    use b = new TemporaryFolder()
    sweep a.Path "" "0.001" "one" [ 4; 8 ] (fun rank seed -> 3.0 + 0.01 * float (rank + seed))
    sweep b.Path "" "0.002" "two" [ 4; 16 ] (fun rank seed -> 2.9 + 0.01 * float (rank + 2 * seed))
    // The same labels and other ids.
    let planA, planB =
        RunsFolder(a.Path).Sweep("s").PlanPath, RunsFolder(b.Path).Sweep("s").PlanPath

    Assert.NotEqual<string>(File.ReadAllText planA, File.ReadAllText planB)

    for cell in [ "41"; "42"; "161"; "162" ] do
        Directory.Move(RunsFolder(b.Path).Cell(cell).Path, RunsFolder(b.Path).Cell($"b{cell}").Path)

    File.WriteAllText(planB, (File.ReadAllText planB).Replace("\"id\": \"", "\"id\": \"b"))
    let found = compare a b
    Assert.Equal<string>([| "label"; "label" |], found.Cells |> Array.map _.By)
    Assert.Equal<string>([| "r8 seed 1"; "r8 seed 2" |], found.OnlyA)
    Assert.Equal<string>([| "r16 seed 1"; "r16 seed 2" |], found.OnlyB)
    let knob = Assert.Single found.Configuration
    Assert.Equal(("Optimizer.LearningRate", "0.001", "0.002", 2), (knob.Name, knob.A, knob.B, knob.Cells))
    let loss = found.Figures[0]
    Assert.Equal(("r4", "validation loss", 2, false), (loss.Arm, loss.Figure, loss.Pairs, loss.Equal))
    // -0.1 + 0.01 and -0.1 + 0.02 a pair.
    Assert.Equal(-0.085, loss.Change, rounding)
    Assert.True(loss.Low < loss.Change && loss.Change < loss.High)
    // The script's text is told to differ and not printed; when it was made is no difference.
    Assert.Equal<string>([| "git_commit"; "script's text" |], found.Environment |> Array.map _.Name)
    Assert.Equal("eval: differ from step 4 on", found.Cells[0].Log)

[<Fact>]
let ``Cells of other names are matched by the knobs that vary within a sweep`` () =
    use a = new TemporaryFolder()
    use b = new TemporaryFolder()
    sweep a.Path "x" "0.001" "one" [ 4; 8 ] (fun _ _ -> 3.0)
    sweep b.Path "y" "0.002" "one" [ 4; 8 ] (fun _ _ -> 3.0)
    let found = compare a b

    Assert.Equal<(string * string * string)>(
        [|
            "xr4 seed 1", "yr4 seed 1", "knobs"
            "xr4 seed 2", "yr4 seed 2", "knobs"
            "xr8 seed 1", "yr8 seed 1", "knobs"
            "xr8 seed 2", "yr8 seed 2", "knobs"
        |],
        found.Cells |> Array.map (fun cell -> cell.LabelA, cell.LabelB, cell.By)
    )

    Assert.Empty found.OnlyA
    Assert.All(found.Cells, fun cell -> Assert.True cell.LogsEqual)

[<Fact>]
let ``What differs in a log is named with its first step`` () =
    use a = new TemporaryFolder()
    use b = new TemporaryFolder()
    SampleSweep.twoSeeds a.Path
    SampleSweep.twoSeeds b.Path

    let others: LogRecord list =
        [
            SampleSweep.run "x1" "Exact" "1"
            SampleSweep.eval 0L 7.0 7.0
            SampleSweep.step 1L 999.0
            SampleSweep.step 2L 999.0
            SampleSweep.reset 1 "Exact" 0.5 "changed"
        ]

    Directory.Delete(RunsFolder(b.Path).Cell("x1").Path, true)
    SampleSweep.write b.Path "x1" others
    let found = SweepComparison.Of(a.Path, "quickstart", b.Path, "quickstart")
    let cell = found.Cells[1]

    // Rates of 20,000 and 999 tokens a second are clocks'.
    Assert.Equal(
        "eval: 1 in A only; step: 2 in A only; reset: differ from step 1 on, 2 in A only; end: 1 in A only",
        cell.Log
    )

    let reset = Assert.Single found.Resets
    Assert.Equal(("Exact", "6 kept", "1 changed, 3 kept"), (reset.Name, reset.A, reset.B))
    Assert.Contains("B: Exact, seed 1 (x1) is at step 2 of 4 and is not counted.", found.Problems)

[<Fact>]
let ``A log that cannot be read is not compared, and said so`` () =
    use a = new TemporaryFolder()
    use b = new TemporaryFolder()
    SampleSweep.twoSeeds a.Path
    SampleSweep.twoSeeds b.Path
    Directory.Delete(RunsFolder(b.Path).Cell("f1").Path, true)
    let found = SweepComparison.Of(a.Path, "quickstart", b.Path, "quickstart")

    Assert.Equal(
        (false, false, "not compared: B's is not started"),
        (found.Cells[0].LogsCompared, found.Cells[0].LogsEqual, found.Cells[0].Log)
    )

[<Fact>]
let ``Folders without sweeps are compared by their cells' ids`` () =
    let root = Repository.PathOf("tests", "Fixtures", "logs", "format-1", "runs")
    let found = SweepComparison.Of(root, "", root, "")
    Assert.Equal<string>([| "aaaaaaaaaaaa"; "bbbbbbbbbbbb" |], found.Cells |> Array.map _.IdA)
    Assert.All(found.Cells, fun cell -> Assert.True cell.LogsEqual)

[<Fact>]
let ``The tables say what was equal, what changed and what had no counterpart`` () =
    use a = new TemporaryFolder()
    use b = new TemporaryFolder()
    sweep a.Path "" "0.001" "one" [ 4; 8 ] (fun _ seed -> 3.0 + 0.01 * float seed)
    sweep b.Path "" "0.001" "two" [ 4 ] (fun _ seed -> 3.0 + 0.02 * float seed)

    compare a b
    |> ComparisonTables.Of
    |> Array.map (fun table -> TableText.Render(table, 0))
    |> String.concat "\n"
    |> Approved.verify "comparison.txt"
