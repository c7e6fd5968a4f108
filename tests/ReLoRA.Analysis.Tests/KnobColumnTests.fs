module ReLoRA.Analysis.Tests.KnobColumnTests

open System.IO
open ReLoRA.Analysis
open ReLoRA.Results.Log
open ReLoRA.Results.Runs
open ReLoRA.Testing
open Xunit

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
