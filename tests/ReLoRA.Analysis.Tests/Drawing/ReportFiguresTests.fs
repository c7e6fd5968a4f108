module ReLoRA.Analysis.Tests.Drawing.ReportFiguresTests

open System.IO
open ReLoRA.Analysis.Drawing
open ReLoRA.Analysis.Report
open ReLoRA.Analysis.Tests
open ReLoRA.Results.Runs
open ReLoRA.Testing
open Xunit

[<Fact>]
let ``Each chart of the report is a PNG and an SVG in the sweep's folder`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    let figures = folder.File "figures"
    let result = ReportFigures.Write(folder.Path, "quickstart", figures)
    Assert.Equal(Path.Combine(figures, "quickstart"), result.Folder)
    Assert.True(result.Written.Length >= 3)

    for figure in result.Written do
        Assert.Equal(figure.Id + ".png", Path.GetFileName figure.Png)
        Assert.Equal(figure.Id + ".svg", Path.GetFileName figure.Svg)
        Assert.Equal<byte>([| 0x89uy; 0x50uy; 0x4Euy; 0x47uy |], File.ReadAllBytes(figure.Png)[..3])
        Assert.Contains("<svg ", File.ReadAllText figure.Svg)
        Assert.NotEmpty figure.Note

    Assert.Equal(2 * result.Written.Length, Directory.GetFiles(result.Folder).Length)

[<Fact>]
let ``The same logs give the same bytes`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path

    let write (name: string) =
        ReportFigures.Write(folder.Path, "quickstart", folder.File name)

    let first, second = write "first", write "second"

    for one, other in Array.zip first.Written second.Written do
        Assert.Equal<byte>(File.ReadAllBytes one.Png, File.ReadAllBytes other.Png)
        Assert.Equal<byte>(File.ReadAllBytes one.Svg, File.ReadAllBytes other.Svg)

[<Fact>]
let ``What has nothing to show is named and not written`` () =
    use folder = new TemporaryFolder()
    SampleSweep.plan folder.Path "new" [ SweepCell("c1", "r4", "r4", "1", "") ]
    let result = ReportFigures.Write(folder.Path, "new", folder.File "figures")
    Assert.Empty result.Written
    Assert.Contains("Validation loss over tokens", result.Empty)
    Assert.False(Directory.Exists result.Folder)

[<Fact>]
let ``A chart of any name has a file of its own`` () =
    use folder = new TemporaryFolder()

    let named id = { SampleCharts.bars with Id = id }

    let result =
        FigureFiles.write "s" folder.Path [| named "../a/b"; named ".._a?b"; named "plain" |]

    Assert.Equal<string>(
        [| "_.._a_b.png"; "_.._a_b-2.png"; "plain.png" |],
        result.Written
        |> Array.map (fun figure -> nonNull (Path.GetFileName figure.Png))
    )

    Assert.All(result.Written, fun figure -> Assert.Equal(folder.Path, Path.GetDirectoryName figure.Png))
