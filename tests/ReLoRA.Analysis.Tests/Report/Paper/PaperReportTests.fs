module ReLoRA.Analysis.Tests.Report.Paper.PaperReportTests

open System.Globalization
open System.IO
open ReLoRA.Analysis
open ReLoRA.Analysis.Report
open ReLoRA.Analysis.Report.Paper
open ReLoRA.Analysis.Tests
open ReLoRA.Testing
open Xunit

let private number (value: float) =
    value.ToString("G4", CultureInfo.InvariantCulture)

let private bandText (band: Band) =
    let dashed = if band.IsReference then ", dashed" else ""
    let x, y = Array.map number band.X, Array.map number band.Mean
    let points = Array.map2 (fun x y -> $"{x}: {y}") x y |> String.concat "; "
    $"    {band.Name}{dashed}: {points}"

let private chartText (chart: Chart) =
    [
        $"  [{chart.Id}] {chart.Title}: {chart.X.Title} {chart.X.Scale}, {chart.Y.Title} {chart.Y.Scale}"
        match chart.Content with
        | Lines bands -> yield! bands |> Array.map bandText
        | Bars(categories, arms) ->
            for name, bars in arms do
                let each =
                    Array.map2 (fun category (bar: Bar) -> $"{category}: {number bar.Value}") categories bars

                $"""    {name}: {String.concat "; " each}"""
        | Heat map -> $"    {map.Y.Length} rows"
        $"    {chart.Note}"
    ]

let private blockText (block: Block) =
    match block with
    | Figure chart -> chartText chart
    | TableOf table ->
        [
            $"""  | {String.concat " | " table.Columns}"""
            yield! table.Rows |> Array.map (fun row -> $"""  | {String.concat " | " row}""")
            yield! table.Notes |> Array.map (fun note -> $"  {note}")
        ]
    | Paragraph text
    | Note text -> [ $"  {text}" ]
    | _ -> []

let private text (sections: Section[]) =
    sections
    |> Array.toList
    |> List.collect (fun section ->
        [
            $"{section.Id}: {section.Title}"
            yield! section.Blocks |> Array.toList |> List.collect blockText
        ])
    |> List.map (fun line -> line + "\n")
    |> String.concat ""

let private build (runs: string) sweep published (scale: string | null) =
    let frames = Frames.OfSweep(runs, sweep)
    let scale, reason = PaperScale.choose scale frames

    PaperSections.build
        frames
        (Published.ofScale scale published)
        scale
        reason
        (if published = Published.none then "" else "reference")

let private reference () =
    use folder = new TemporaryFolder()
    ReferenceFolder.write folder.Path ReferenceFolder.files
    ReferenceFiles.read folder.Path

let private of' write sweep published (scale: string | null) =
    use folder = new TemporaryFolder()
    write folder.Path
    build folder.Path sweep published scale

let private chart id (sections: Section[]) =
    sections
    |> Array.collect Section.figures
    |> Array.find (fun chart -> chart.Id = id)

let private names (chart: Chart) =
    match chart.Content with
    | Lines bands -> bands |> Array.map _.Name
    | Bars(_, arms) -> arms |> Array.map fst
    | Heat _ -> [||]

[<Fact>]
let ``Everything that the study measured is drawn, with the published curves where they are of the same thing`` () =
    of' PaperSweep.write "study" (reference ()) "tiny"
    |> text
    |> Approved.verify "paper.txt"

[<Fact>]
let ``What the logs do not hold is said and never drawn empty`` () =
    let sections = of' SampleSweep.twoSeeds "quickstart" Published.none null

    for section in sections do
        for block in section.Blocks do
            match block with
            | Figure chart -> Assert.False(Chart.isEmpty chart, chart.Title)
            | _ -> ()

    let text = text sections
    Assert.Contains("No published figures are drawn beside ours: none were given.", text)
    Assert.Contains("Not measured: the logs hold no minimal pairs.", text)
    Assert.Contains("Not measured: the logs hold no effective rank or condition number of weights", text)
    Assert.Contains("Not measured: the logs hold no effective rank or condition number of updates", text)

[<Fact>]
let ``The published curve of other data stands in the table and not in the figure`` () =
    let sections = of' SampleSweep.twoSeeds "quickstart" (reference ()) "tiny"
    Assert.Equal<string>([| "full rank"; "Exact"; "PaperSingleGpu" |], names (chart "perplexity-1" sections))
    Assert.Contains("stand in the table only", (chart "perplexity-1" sections).Note)
    Assert.Contains("Paloma perplexity as published", text sections)

[<Fact>]
let ``A short run's steps and the study's are set out on a logarithmic axis`` () =
    let sections = of' SampleSweep.twoSeeds "quickstart" (reference ()) "tiny"
    Assert.Equal(Logarithmic, (chart "loss" sections).X.Scale)
    let alone = of' SampleSweep.twoSeeds "quickstart" Published.none null
    Assert.Equal(Linear, (chart "loss" alone).X.Scale)

[<Theory>]
[<InlineData(11282784L, "tiny")>]
[<InlineData(64595328L, "small")>]
[<InlineData(1000L, "")>]
let ``The scale is that of the models where it is one of the study's`` (parameters: int64, expected: string) =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    let read = ReLoRA.Analysis.Frames.OfSweep(folder.Path, "quickstart")

    let frames =
        { read with
            Cells = read.Cells |> Array.map (fun cell -> { cell with Parameters = parameters })
        }

    Assert.Equal(expected, fst (PaperScale.choose null frames))
    Assert.Equal("small", fst (PaperScale.choose "small" frames))

[<Fact>]
let ``The page, its figures and the files that are missing are told`` () =
    use folder = new TemporaryFolder()
    PaperSweep.write folder.Path
    let published = folder.File "published"
    ReferenceFolder.write published (List.truncate 2 ReferenceFolder.files)
    let place = PaperReport.DefaultFolder(folder.Path, "study")
    let result = PaperReport.Write(folder.Path, "study", place, published, "tiny")
    Assert.Equal(Path.Combine(place, "paper.html"), result.Page)

    Assert.Equal<string>([| "learning_dynamics_from_pdf.csv"; "blimp_by_phenomenon_step20000.csv" |], result.Missing)

    let page = File.ReadAllText result.Page
    Assert.Contains("There is no learning_dynamics_from_pdf.csv", page)
    Assert.Contains("data-chart=\"chart-loss\"", page)
    Assert.DoesNotContain("<link rel=\"stylesheet\"", page)
    Assert.All(result.Figures.Written, fun figure -> Assert.True(File.Exists figure.Png && File.Exists figure.Svg))
    Assert.Empty result.Figures.Empty
