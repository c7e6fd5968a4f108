module ReLoRA.Analysis.Tests.SummaryTests

open ReLoRA.Analysis
open ReLoRA.Results.Runs
open ReLoRA.Testing
open Xunit

let private textOf (tables: Table[]) =
    tables
    |> Array.map (fun table -> TableText.Render(table, 0))
    |> String.concat "\n"

[<Fact>]
let ``A finished sweep is summed up`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path

    Summary.OfSweep(folder.Path, "quickstart")
    |> textOf
    |> Approved.verify "quickstart.txt"

[<Fact>]
let ``What is not finished is told and not counted`` () =
    use folder = new TemporaryFolder()
    SampleSweep.interrupted folder.Path

    Summary.OfSweep(folder.Path, "interrupted")
    |> textOf
    |> Approved.verify "interrupted.txt"

[<Fact>]
let ``A sweep that has not begun has one table without figures`` () =
    use folder = new TemporaryFolder()
    SampleSweep.plan folder.Path "new" [ SweepCell("c1", "r4 seed 1", "r4", "1", "") ]
    let table = Assert.Single(Summary.OfSweep(folder.Path, "new"))
    Assert.Equal<string>([| "r4"; "0 of 1"; ""; ""; ""; ""; ""; "" |], table.Rows[0])

[<Fact>]
let ``A cell under two names is counted in both arms and once in each`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path

    SampleSweep.plan folder.Path "shared" [ SweepCell("x1", "a 1", "a", "1", ""); SweepCell("x1", "b 1", "b", "1", "") ]

    let tables = Summary.OfSweep(folder.Path, "shared")
    Assert.Equal<string>(Array.tail tables[0].Rows[0], Array.tail tables[0].Rows[1])
    Assert.Equal("3 kept", tables[0].Rows[0][6])
    Assert.Equal(6, tables[1].Rows.Length)

[<Fact>]
let ``Rows are as long as the columns`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path

    for table in Summary.OfSweep(folder.Path, "quickstart") do
        for row in table.Rows do
            Assert.Equal(table.Columns.Length, row.Length)

[<Fact>]
let ``A diverged seed of the baseline gives no pair`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path

    SampleSweep.plan
        folder.Path
        "pairs"
        [
            SweepCell("x1", "Exact 1", "Exact", "1", "f1")
            SweepCell("x2", "Exact 2", "Exact", "2", "gone")
            SweepCell("f1", "full 1", "full", "1", "")
        ]

    let table = (Summary.OfSweep(folder.Path, "pairs"))[0]
    Assert.Equal("+0.1750 (1 pair)", table.Rows[0][5])
    Assert.Equal("baseline", table.Rows[1][5])

[<Fact>]
let ``The worst seed stands for a reset`` () =
    use folder = new TemporaryFolder()

    for cell, jump, verdict in [ "a", 0.5, "kept"; "b", 1e-6, "changed"; "c", 1e-7, "changed" ] do
        SampleSweep.write
            folder.Path
            cell
            [ SampleSweep.run cell "Exact" cell; SampleSweep.reset 1 "Exact" jump verdict ]

    SampleSweep.plan folder.Path "worst" [ for cell in [ "a"; "b"; "c" ] -> SweepCell(cell, cell, "arm", cell, "") ]
    let tables = Summary.OfSweep(folder.Path, "worst")
    Assert.Equal("1 changed", tables[0].Rows[0][6])
    let row = Assert.Single tables[1].Rows
    Assert.Equal("arm #1", row[0])
    Assert.Equal("1.0e-06", row[3])
    Assert.Equal("changed", row[2])
    Assert.Equal("b, worst of 3", row[11])
