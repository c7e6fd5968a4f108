module ReLoRA.Analysis.Tests.TableJsonTests

open System.Text.Json
open ReLoRA.Analysis
open ReLoRA.Testing
open Xunit

[<Fact>]
let ``Tables are an array of objects`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    let tables = Summary.OfSweep(folder.Path, "quickstart")
    let text = TableJson.Render tables
    Approved.verify "quickstart.json" text
    use json = JsonDocument.Parse text
    Assert.Equal(tables.Length, json.RootElement.GetArrayLength())

    let cell =
        json.RootElement[0].GetProperty("rows").[1].EnumerateArray()
        |> Seq.map _.GetString()
        |> Seq.toArray

    Assert.Equal<string | null>(tables[0].Rows[1], cell)

[<Fact>]
let ``No tables are an empty array`` () =
    Assert.Equal("[]", TableJson.Render [||])
