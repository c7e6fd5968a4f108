module ReLoRA.Analysis.Tests.Curves.CurveTests

open System
open ReLoRA.Analysis
open ReLoRA.Analysis.Curves
open ReLoRA.Analysis.Tests
open ReLoRA.Results.Runs
open ReLoRA.Testing
open Xunit

let private rounding = 1e-12

let curve at values : Curve =
    {
        Cell = "c"
        Arm = "a"
        Seed = "1"
        Baseline = ""
        At = at
        Values = values
    }

/// Two arms over two seeds: the arm is one nat above its baseline at the end, and a third seed is unfinished.
let private sweep (root: string) =
    for cell, loss in [ "f1", 2.0; "f2", 2.2; "x1", 3.0; "x2", 3.4 ] do
        SampleSweep.write root cell (SampleSweep.whole cell "" (string cell[1]) loss [])

    SampleSweep.write root "x3" (List.truncate 4 (SampleSweep.whole "x3" "" "3" 3.0 []))

    SampleSweep.plan
        root
        "s"
        [
            for cell in [ "f1"; "f2"; "x1"; "x2"; "x3" ] ->
                SweepCell(cell, cell, string cell[0], string cell[1], (if cell[0] = 'x' then $"f{cell[1]}" else ""))
        ]

    Frames.OfSweep(root, "s")

[<Fact>]
let ``Between points a curve is straight, and beyond them it is not known`` () =
    let found = curve [| 0.0; 10.0; 30.0 |] [| 4.0; 2.0; 1.0 |]

    Assert.Equal(
        (4.0, 3.0, 2.0, 1.5, 1.0),
        (found.ValueAt 0.0, found.ValueAt 5.0, found.ValueAt 10.0, found.ValueAt 20.0, found.ValueAt 30.0)
    )

    let fault =
        Assert.Throws<ArgumentOutOfRangeException>(fun () -> found.ValueAt 31.0 |> ignore)

    Assert.Contains("from 0 to 30, and is not extrapolated", fault.Message)

[<Fact>]
let ``The mean height is the area under the straight lines over the length`` () =
    let found = curve [| 0.0; 10.0; 30.0 |] [| 4.0; 2.0; 1.0 |]
    // 30 + 30 = 60 over 30; from 5 to 20: 12.5 + 17.5 over 15.
    Assert.Equal(2.0, found.MeanBetween(0.0, 30.0, false), rounding)
    Assert.Equal(2.0, found.MeanBetween(5.0, 20.0, false), rounding)

[<Fact>]
let ``On the logarithm early training weighs as much as late`` () =
    // Of the line y = x between 1 and e: (e - 1) / 1; in two pieces the same.
    let line = curve [| 1.0; 2.0; Math.E |] [| 1.0; 2.0; Math.E |]
    Assert.Equal(Math.E - 1.0, line.MeanBetween(1.0, Math.E, true), rounding)
    Assert.Throws<ArgumentException>(fun () -> line.MeanBetween(0.0, 1.0, true) |> ignore)

[<Fact>]
let ``Training loss is smoothed over the steps before, and says so`` () =
    use folder = new TemporaryFolder()
    let found = RunCurves.TrainingLoss(sweep folder.Path, CurveAxis.Tokens, 3)
    Assert.Equal("training loss, mean of the last 3 steps", found.Figure)
    // Losses are 5, 4, 3, 2 at 512 tokens a step.
    Assert.Equal<float>([| 1536.0; 2048.0 |], found.Curves[0].At)
    Assert.Equal<float>([| 4.0; 3.0 |], found.Curves[0].Values)
    Assert.Equal<string>([| "x3 (x3) is unfinished." |], found.LeftOut)

[<Theory>]
[<InlineData(CurveAxis.Steps, 4.0)>]
[<InlineData(CurveAxis.Tokens, 2048.0)>]
[<InlineData(CurveAxis.Operations, 20480.0)>]
[<InlineData(CurveAxis.Seconds, 4.0)>]
let ``Validations lie on every axis where their step ended`` (axis: CurveAxis) (last: float) =
    use folder = new TemporaryFolder()
    let found = RunCurves.Validation(sweep folder.Path, axis)
    Assert.Equal<float>([| 0.0; last |], found.Curves[0].At)
    Assert.Equal<float>([| 7.0; 2.0 |], found.Curves[0].Values)

[<Fact>]
let ``A log without operations has no curve over them, and is named`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path

    let found =
        RunCurves.Validation(Frames.OfSweep(folder.Path, "quickstart"), CurveAxis.Operations)

    Assert.Empty found.Curves
    Assert.Equal("full rank, seed 1 (f1) does not tell its operations, or has no finite figure.", found.LeftOut[0])
    let aligned = Alignment.Evenly(found, 3, 0.95)
    Assert.Empty aligned.Arms
    Assert.Equal("There is no place that all curves reach.", aligned.Notes[0])

[<Fact>]
let ``Points that are no finite numbers are left out and told`` () =
    use folder = new TemporaryFolder()
    SampleSweep.write folder.Path "c" (SampleSweep.whole "c" "" "1" 3.0 [ SampleSweep.eval 2L nan nan ])
    let found = RunCurves.Validation(Frames.OfRuns folder.Path, CurveAxis.Tokens)
    Assert.Equal<float>([| 0.0; 2048.0 |], found.Curves[0].At)

    Assert.Equal<string>(
        [|
            "c (c): 1 of 3 points are no finite numbers and are left out; the curve is straight there."
        |],
        found.LeftOut
    )

[<Fact>]
let ``A cell that two sweeps have has a curve in the arm of each`` () =
    use folder = new TemporaryFolder()
    sweep folder.Path |> ignore
    SampleSweep.plan folder.Path "again" [ SweepCell("f1", "g", "g", "1", "") ]

    let found =
        RunCurves.Validation(Frames.OfSweeps(folder.Path, [ "s"; "again" ]), CurveAxis.Tokens)

    Assert.Equal<string>([| "s: f"; "s: x"; "again: g" |], found.Arms)

[<Fact>]
let ``A figure that no cell has leaves every cell out by name`` () =
    use folder = new TemporaryFolder()
    let found = RunCurves.Task(sweep folder.Path, CurveAxis.Tokens, "blimp", "accuracy")
    Assert.Empty found.Curves
    Assert.Equal("f1 (f1) has no such figure.", found.LeftOut[0])

[<Fact>]
let ``Curves are aligned at common places, and differences paired by seed`` () =
    use folder = new TemporaryFolder()
    let curves = RunCurves.Validation(sweep folder.Path, CurveAxis.Tokens)
    let found = Alignment.Evenly(curves, 3, 0.95)
    Assert.Equal<float>([| 0.0; 1024.0; 2048.0 |], found.Arms[..2] |> Array.map _.At)
    let last = Array.last found.Arms
    Assert.Equal(("x", 2048.0, 2), (last.Arm, last.At, last.Seeds))
    Assert.Equal(3.2, last.Mean, rounding)
    Assert.Equal(0.4 / sqrt 2.0, last.Deviation, rounding)
    // Half way every curve is half way down from 7.
    Assert.Equal(5.1, found.Arms[4].Mean, rounding)
    let difference = Array.last found.Differences
    Assert.Equal(("x", 2), (difference.Arm, difference.Difference.Pairs))
    Assert.Equal(1.1, difference.Difference.Mean, rounding)
    Assert.Equal(3, found.Differences.Length)
    Assert.Contains("x3 (x3) is unfinished.", found.Notes)

[<Fact>]
let ``An arm has no point where one of its seeds is not known`` () =
    let short =
        { curve [| 0.0; 10.0 |] [| 2.0; 1.0 |] with
            Seed = "2"
        }

    let set =
        {
            Figure = ""
            Axis = CurveAxis.Tokens
            Curves = [| curve [| 0.0; 20.0 |] [| 2.0; 1.0 |]; short |]
            LeftOut = [||]
        }

    let found = Alignment.At(set, [| 0.0; 10.0; 20.0 |], 0.95)
    Assert.Equal<float>([| 0.0; 10.0 |], found.Arms |> Array.map _.At)
    Assert.Empty found.Differences

[<Fact>]
let ``Any figure of a curve is paired by seed`` () =
    use folder = new TemporaryFolder()
    let curves = RunCurves.Validation(sweep folder.Path, CurveAxis.Tokens)
    let found = curves.Differences("x", fun one -> one.MeanBetween(0.0, 2048.0, false))
    // (7 + 3) / 2 - (7 + 2) / 2 and (7 + 3.4) / 2 - (7 + 2.2) / 2.
    Assert.Equal(0.5, found[0], rounding)
    Assert.Equal(0.6, found[1], rounding)
