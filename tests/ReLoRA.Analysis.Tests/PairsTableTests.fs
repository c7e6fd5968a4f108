module ReLoRA.Analysis.Tests.PairsTableTests

open ReLoRA.Analysis
open ReLoRA.Results.Log
open ReLoRA.Results.Runs
open ReLoRA.Testing
open Xunit

let private pairs (step: int64) (first: int64) (second: int64) =
    PairsRecord(
        Step = step,
        Tokens = step * 512L,
        Name = "pairs",
        Accuracy = float (first + second) / 200.0,
        Phenomena =
            [|
                PairsPhenomenon("first", first, 1L, 100L)
                PairsPhenomenon("second", second, 0L, 100L)
            |]
    )

let private write (folder: TemporaryFolder) =
    let cell (id: string) (records: LogRecord list) =
        SampleSweep.write folder.Path id (SampleSweep.run id "" id :: records)

    cell "a" [ pairs 0L 50L 50L; pairs 4L 60L 80L; SampleSweep.final "finished" ]
    cell "b" [ pairs 0L 50L 50L; pairs 4L 70L 90L; SampleSweep.final "finished" ]
    cell "c" [ pairs 0L 10L 10L ]

    SampleSweep.plan
        folder.Path
        "s"
        [
            SweepCell("a", "x 1", "x", "1", "")
            SweepCell("b", "x 2", "x", "2", "")
            SweepCell("c", "y 1", "y", "1", "")
        ]

[<Fact>]
let ``The last evaluation is pooled over the finished seeds`` () =
    use folder = new TemporaryFolder()
    write folder
    let table = Summary.OfSweep(folder.Path, "s") |> Array.last
    Assert.Equal<string>([| "phenomenon"; "x"; "y" |], table.Columns)
    // 130 and 170 of 200.
    Assert.Equal<string>([| "first"; "0.650 [0.582, 0.713]"; "" |], table.Rows[0])
    Assert.Equal<string>([| "second"; "0.850 [0.794, 0.893]"; "" |], table.Rows[1])
    Assert.Equal<string>([| "mean"; "0.750"; "" |], table.Rows[2])

[<Fact>]
let ``Each phenomenon of each evaluation becomes a row`` () =
    use folder = new TemporaryFolder()
    write folder
    let frames = Frames.OfSweep(folder.Path, "s")
    Assert.Equal(10, frames.Pairs.Length)
    let row = frames.Pairs[3]

    Assert.Equal(
        ("a", 4L, 2048L, "second", 80L, 0L, 100L),
        (row.Cell, row.Step, row.Tokens, row.Phenomenon, row.Correct, row.Ties, row.Pairs)
    )
