module ReLoRA.Analysis.Tests.Report.BandsTests

open ReLoRA.Analysis
open ReLoRA.Analysis.Report
open Xunit

let private cell id state : CellRow =
    { LogRows.cell (ReLoRA.Results.Runs.SweepCell(id, id, "arm", "1", "")) null with
        State = state
    }

[<Fact>]
let ``A line is the mean of the seeds that have finished, and of all while none has`` () =
    let finished, running = cell "a" "finished", cell "b" "unfinished"
    Assert.Equal<string>([| "a" |], Bands.counted [| finished; running |])
    Assert.Equal<string>([| "b"; "a" |], Bands.counted [| running; cell "a" "diverged" |])

[<Fact>]
let ``A place that a seed has no figure at is no mean over seeds`` () =
    let band =
        Bands.over
            "arm"
            [|
                [| 1.0, 0, 3.0; 2.0, 0, 5.0; 3.0, 0, 1.0 |]
                [| 1.0, 0, 5.0; 2.0, 0, nan; 3.0, 0, 2.0 |]
                [||]
            |]

    Assert.Equal<float>([| 1.0; 3.0 |], band.X)
    Assert.Equal<float>([| 4.0; 1.5 |], band.Mean)
    Assert.Equal<float>([| 3.0; 1.0 |], band.Low)
    Assert.Equal<float>([| 5.0; 2.0 |], band.High)

[<Fact>]
let ``Runs of other lengths and with lost records are thinned to the same steps`` () =
    let run (steps: int64 seq) =
        steps |> Seq.map (fun step -> step, float step) |> Seq.toArray

    let whole = run [ 1L .. 2000L ] |> Bands.smooth 1 2000L
    let short = run [ 1L .. 1400L ] |> Bands.smooth 1 2000L

    let holed =
        run (Seq.append [ 1L .. 101L ] [ 166L .. 2000L ]) |> Bands.smooth 1 2000L

    let steps (points: (int64 * float)[]) = points |> Array.map fst |> Set.ofArray
    Assert.True(Set.isSubset (steps short) (steps whole))
    Assert.True(Set.isSubset (steps holed) (steps whole))
    // A mean over the 50 steps up to this one.
    Assert.Equal(1000.0 - 24.5, whole |> Array.find (fun (step, _) -> step = 1000L) |> snd)
