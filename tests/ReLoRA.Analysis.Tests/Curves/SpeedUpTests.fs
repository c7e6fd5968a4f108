module ReLoRA.Analysis.Tests.Curves.SpeedUpTests

open System
open ReLoRA.Analysis.Curves
open Xunit

let private rounding = 1e-12

let private curve (cell: string) (baseline: string) (last: float) : Curve =
    {
        Cell = cell
        Arm = string cell[0]
        Seed = string cell[1]
        Baseline = baseline
        At = [| 100.0; 200.0; 400.0 |]
        Values = [| 5.0; 3.0; last |]
    }

let private set curves =
    {
        Figure = "loss"
        Axis = CurveAxis.Tokens
        Curves = curves
        LeftOut = [||]
    }

[<Fact>]
let ``A level is reached on the line that first crosses it`` () =
    let found = Reach.Of(curve "c1" "" 1.0, 2.0)
    Assert.Equal((true, 300.0), (found.Reached, found.At))
    Assert.Equal(100.0, (Reach.Of(curve "c1" "" 1.0, 6.0)).At)
    // A curve that comes down, up and down again is there at the first.
    let bent =
        { curve "c1" "" 1.0 with
            Values = [| 5.0; 1.0; 3.0 |]
        }

    Assert.Equal(150.0, (Reach.Of(bent, 3.0)).At)

[<Fact>]
let ``A level that is not reached is told with how far the run went`` () =
    let found = Reach.Of(curve "c1" "" 2.5, 2.0)
    Assert.Equal((false, 400.0), (found.Reached, found.At))

[<Fact>]
let ``The speed-up is the geometric mean of the pairs' ratios`` () =
    // The arm's curves fall twice as steeply from 200 on: 2 is reached at 250 by the one and at 300 by the other.
    let found =
        SpeedUp.Of(
            set
                [|
                    curve "a1" "b1" -1.0
                    curve "a2" "b2" 1.0
                    curve "b1" "" 1.0
                    curve "b2" "" 1.0
                |],
            "a",
            2.0,
            0.95
        )

    Assert.Equal(sqrt (300.0 / 250.0), found.Ratio, rounding)
    Assert.True(found.Low < 1.0 && 1.0 < found.High)
    Assert.Equal((2, 0, ""), (found.Pairs, found.NotReached, found.Note))

[<Fact>]
let ``Runs that never came there are counted and make no ratio`` () =
    let found =
        SpeedUp.Of(
            set
                [|
                    curve "a1" "b1" 2.5
                    curve "a2" "b2" 1.0
                    curve "b1" "" 1.0
                    curve "b2" "" 1.0
                |],
            "a",
            2.0,
            0.95
        )

    Assert.Equal((2, 1), (found.Pairs, found.NotReached))
    Assert.True(Double.IsNaN found.Ratio)
    Assert.StartsWith("not reached by 1 of 2 runs of the arm and 0 of their baselines", found.Note)

[<Fact>]
let ``One pair has a ratio and no interval, and none has neither`` () =
    let one =
        SpeedUp.Of(set [| curve "a1" "b1" 1.0; curve "b1" "" 1.0 |], "a", 2.0, 0.95)

    Assert.Equal((1.0, "one pair: no interval"), (one.Ratio, one.Note))
    Assert.True(Double.IsNaN one.Low)
    let none = SpeedUp.Of(set [| curve "b1" "" 1.0 |], "b", 2.0, 0.95)
    Assert.Equal("no run of this arm has a curve and a baseline with one", none.Note)
