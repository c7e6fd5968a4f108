module ReLoRA.Analysis.Tests.Drawing.SvgTests

open System.IO
open System.Xml.Linq
open ReLoRA.Analysis.Drawing
open Xunit

let private svg chart =
    Svg.ofFigure chart (Figure.ofChart chart)

let private parsed chart =
    use stream = new MemoryStream(svg chart)
    nonNull (XDocument.Load(stream).Root)

let private named (name: string) (root: XElement) =
    root.Descendants() |> Seq.filter (fun element -> element.Name.LocalName = name)

let private values (name: string) (root: XElement) =
    root.Descendants()
    |> Seq.collect _.Attributes()
    |> Seq.filter (fun found -> found.Name.LocalName = name)
    |> Seq.map _.Value
    |> Seq.toArray

[<Fact>]
let ``The same chart gives the same bytes, whatever was drawn before`` () =
    for chart in SampleCharts.all do
        let first = svg chart
        svg SampleCharts.bars |> ignore
        Assert.Equal<byte>(first, svg chart)

[<Fact>]
let ``Texts are outlines that need no font, with their words beside them`` () =
    for chart in SampleCharts.all do
        let root = parsed chart
        Assert.Empty(named "text" root)
        Assert.Empty(values "font-family" root)
        let words = values "aria-label" root
        Assert.Contains("What is shown", words)
        Assert.Contains(chart.X.Title, words)

    Assert.Contains("published", values "aria-label" (parsed SampleCharts.lines))
    Assert.Contains("layers.5.swiglu.w_2", values "aria-label" (parsed SampleCharts.heat))

    for outline in
        named "path" (parsed SampleCharts.lines)
        |> Seq.filter (fun path -> path.Attribute("aria-label") <> null) do
        Assert.StartsWith("M", (nonNull (outline.Attribute "d")).Value)

[<Fact>]
let ``Figures of one page do not take each other's names`` () =
    let root = parsed SampleCharts.bars
    let ids = values "id" root
    Assert.NotEmpty ids
    Assert.All(ids, fun id -> Assert.StartsWith("bars-", id))
    Assert.Distinct ids |> ignore

    for reference in values "clip-path" root do
        Assert.Contains(reference[5 .. reference.Length - 2], ids)

[<Fact>]
let ``It says what it shows and how to read it`` () =
    let root = parsed SampleCharts.lines
    let first = root.Elements() |> Seq.take 2 |> Seq.map _.Value |> Seq.toArray
    Assert.Equal<string>([| "What is shown"; "How to read it: 1 < 2 & so on." |], first)
    Assert.Equal("img", (nonNull (root.Attribute "role")).Value)
