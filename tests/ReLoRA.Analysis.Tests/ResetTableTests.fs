module ReLoRA.Analysis.Tests.ResetTableTests

open ReLoRA.Analysis
open ReLoRA.Results.Log
open ReLoRA.Results.Runs
open ReLoRA.Testing
open Xunit

let private layer (rank: int) =
    ResetLayer("layers.0.attention.q_proj", 5e-8, 3.5, Rank = rank)

let private table (resets: int list list) =
    use folder = new TemporaryFolder()

    let records: LogRecord list =
        resets
        |> List.mapi (fun i ranks ->
            SampleSweep.resetOf (ranks |> List.map layer |> List.toArray) (i + 1) "Exact" 1e-6 "kept")

    SampleSweep.write folder.Path "a" (SampleSweep.run "a" "Exact" "1" :: records @ [ SampleSweep.final "finished" ])
    SampleSweep.plan folder.Path "s" [ SweepCell("a", "x 1", "x", "1", "") ]

    Summary.OfSweep(folder.Path, "s")
    |> Array.find _.Title.EndsWith("what each reset did")

[<Fact>]
let ``Ranks that change have a column`` () =
    let table = table [ [ 2; 4 ]; [ 4; 4 ] ]
    Assert.Equal<string>([| "step"; "rank"; "verdict" |], table.Columns[1..3])
    Assert.Equal<string>([| "2 to 4"; "4" |], table.Rows |> Array.map (Array.item 2))

[<Fact>]
let ``Ranks that are all the same have none`` () =
    Assert.DoesNotContain("rank", (table [ [ 4; 4 ]; [ 4; 4 ] ]).Columns)
