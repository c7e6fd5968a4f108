module ReLoRA.Analysis.Tests.Report.ReportSectionsTests

open System
open System.IO
open System.Net
open System.Text.Json
open System.Text.RegularExpressions
open ReLoRA.Analysis.Report
open ReLoRA.Analysis.Tests
open ReLoRA.Results.Log
open ReLoRA.Results.Runs
open ReLoRA.Testing
open Xunit

let private page (write: string -> unit) sweep =
    use folder = new TemporaryFolder()
    write folder.Path
    SweepReport.Html(folder.Path, sweep)

let private rich = lazy (page RichSweep.write "rich")

let private chart (html: string) (id: string) =
    let found =
        Regex.Match(html, $"data-chart=\"chart-{Regex.Escape id}\">(.*?)</script>", RegexOptions.Singleline)

    Assert.True(found.Success, $"there is no chart {id}")
    JsonDocument.Parse(found.Groups[1].Value).RootElement

let private numbers (element: JsonElement) =
    element.EnumerateArray()
    |> Seq.map (fun value ->
        if value.ValueKind = JsonValueKind.Null then
            nan
        else
            value.GetDouble())
    |> Seq.toArray

/// The lines that have a name, and their numbers.
let private lines (chart: JsonElement) =
    chart.GetProperty("data").EnumerateArray()
    |> Seq.filter (fun trace -> fst (trace.TryGetProperty "name"))
    |> Seq.map (fun trace ->
        trace.GetProperty("name").GetString(), numbers (trace.GetProperty "x"), numbers (trace.GetProperty "y"))
    |> Seq.toArray

let private section (html: string) (id: string) =
    Regex.Match(html, $"<section id=\"{id}\">.*?</section>", RegexOptions.Singleline).Value
    |> WebUtility.HtmlDecode
    |> nonNull

let private assertContains (part: string) (text: string) = Assert.Contains(part, text)

[<Fact>]
let ``Loss lies over tokens, over operations and over seconds of training`` () =
    let place id =
        lines (chart rich.Value id)
        |> Array.map (fun (name, x, _) -> name, Array.last x)
        |> Map.ofArray

    // Four steps of 512 tokens; 1 + 2 + 1 + 1 seconds; 100 and 80 operations a token.
    Assert.Equal<Map<string | null, float>>(Map [ "full rank", 2048.0; "Exact", 2048.0 ], place "loss")

    Assert.Equal<Map<string | null, float>>(
        Map [ "full rank", 204800.0; "Exact", 163840.0 ],
        place "loss-by-operations"
    )

    Assert.Equal<Map<string | null, float>>(Map [ "full rank", 5.0; "Exact", 5.0 ], place "loss-by-time")

[<Fact>]
let ``Heat maps show every linear, one an arm, on one scale`` () =
    let maps =
        [ 1; 2 ]
        |> List.map (fun arm -> (chart rich.Value $"heat-effective_rank-weight-{arm}").GetProperty("data")[0])

    for map in maps do
        Assert.Equal<string | null>(RichSweep.layers, map.GetProperty("y").EnumerateArray() |> Seq.map _.GetString())
        Assert.Equal<float>([| 0.9; 0.5 |], numbers (map.GetProperty("z")[0]))
        Assert.Equal<float>([| 0.8; 0.25 |], numbers (map.GetProperty("z")[1]))
        Assert.Equal(0.25, map.GetProperty("zmin").GetDouble())
        Assert.Equal(0.9, map.GetProperty("zmax").GetDouble())

[<Fact>]
let ``A heat map of condition numbers is logarithmic and leaves out what does not exist`` () =
    let map = (chart rich.Value "heat-condition_number-weight-1").GetProperty("data")[0]
    Assert.Equal<float>([| 1.0; 3.0 |], numbers (map.GetProperty("z")[0]))
    Assert.True(Double.IsNaN(numbers(map.GetProperty("z")[1])[0]))

[<Fact>]
let ``Spectra of what resets merged and of both sides of a reset are drawn without zeros`` () =
    let merged = lines (chart rich.Value "merged-2-1")

    Assert.Equal<string | null>(
        [| "reset 1, step 1"; "reset 2, step 2" |],
        merged |> Array.map (fun (name, _, _) -> name)
    )

    for _, x, y in merged do
        Assert.Equal<float>([| 1.0; 2.0 |], x)
        Assert.Equal<float>([| 2.0; 1.0 |], y)

    let around = lines (chart rich.Value "spectrum-weight-2-2")
    Assert.Equal<string | null>([| "before reset"; "after reset" |], around |> Array.map (fun (name, _, _) -> name))

[<Fact>]
let ``A reset that broke its promise is named with what it did`` () =
    let findings = section rich.Value "findings"
    assertContains "Reset 2 of Exact, seed 1 (x1) at step 2 FAILED its proof" findings
    Assert.DoesNotContain("Reset 1 of", findings)
    assertContains "No reset that promises to keep" (section (page SampleSweep.twoSeeds "quickstart") "findings")

[<Fact>]
let ``Costs are told by phase, and against the baseline in words`` () =
    let costs = section rich.Value "costs"
    // 100 s of training, 125 s in all, 25 s of evaluation.
    assertContains "<td>0.0347</td><td>0.0278</td><td>0.0069</td>" costs
    assertContains "energy, kJ" costs
    assertContains "package-0" costs

    assertContains
        "Exact took, against full rank, 1.00 times the tokens, 1.50 times the device-hours, 1.50 times the hours of training steps, 0.80 times the training FLOPs, 0.75 times the peak memory, 1.50 times the energy."
        (section rich.Value "findings")

[<Fact>]
let ``Energy that no machine reported is no number`` () =
    let costs = section (page SampleSweep.twoSeeds "quickstart") "costs"
    Assert.DoesNotContain("energy, kJ", costs)
    assertContains "no counter could be read" costs

[<Fact>]
let ``The tensor library stands in the provenance under the name that logs have`` () =
    assertContains "<td>cells: TorchSharp</td><td>0.107.0.0</td>" (section rich.Value "provenance")

[<Fact>]
let ``Tasks are drawn by group and told with intervals`` () =
    let tasks = section rich.Value "tasks"
    assertContains "blimp on blimp.tar.gz" tasks
    // Wilson's interval of 60 of 100.
    assertContains "0.600 [0.502, 0.691]" tasks
    Assert.Equal(2, (chart rich.Value "task-1-accuracy-by-phenomenon").GetProperty("data").GetArrayLength())

[<Fact>]
let ``A chart's figures stand below it for those who cannot see it`` () =
    let loss = section rich.Value "loss"
    assertContains "<summary>Figures of this chart</summary>" loss
    assertContains "<tr><td>2048</td><td>3.05</td><td>3.05</td></tr>" loss

[<Fact>]
[<Trait("Category", "Slow")>]
let ``A page of two hundred arms of two thousand steps stays below six megabytes`` () =
    let write runs =
        let arms = [ 1..200 ]

        for arm in arms do
            let folder = RunsFolder(runs).Cell $"c{arm}"
            Directory.CreateDirectory folder.Path |> ignore
            use writer = RunLogWriter.Create folder.LogPath
            writer.Append(SampleSweep.run $"c{arm}" "" "1")

            for step in 1L .. 2000L do
                writer.Append(
                    StepRecord(
                        Step = step,
                        Tokens = step * 512L,
                        Loss = 3.0 + sin (float step * float arm),
                        LearningRate = 1e-3,
                        GradientNorm = 1.0
                    )
                )

                if step % 100L = 0L then
                    writer.Append(SampleSweep.eval step 3.1 3.2)
                    writer.Append(RichSweep.probe step "effective_rank" "step" [ 0.1234567890123; 0.2 ])

            writer.Append(SampleSweep.final "finished")

        SampleSweep.plan runs "large" [ for arm in arms -> SweepCell($"c{arm}", $"arm {arm}", $"arm {arm}", "1", "") ]

    let html = page write "large"
    Assert.InRange(html.Length, 1, 6 * 1024 * 1024)
    assertContains "Maps of 188 more arms are left out" html

[<Fact>]
[<Trait("Category", "Slow")>]
let ``A page of many probes of many linears stays below six megabytes`` () =
    let linears =
        [|
            for layer in 0..11 do
                for name in 1..7 -> $"layers.{layer}.linear_{name}"
        |]

    let probe step metric subject =
        ProbeRecord(
            Step = step,
            Tokens = step * 512L,
            Name = $"{metric}_{subject}",
            Metric = metric,
            Of = subject,
            Moment = "step",
            Values =
                [|
                    for index, layer in Array.indexed linears ->
                        ProbeValue(layer, 1.0 / (float step + float index / 7.0), "")
                |]
        )

    let write runs =
        SampleSweep.write
            runs
            "c1"
            [
                SampleSweep.run "c1" "" "1"
                for step in 1L .. 1000L do
                    for metric in [ "effective_rank"; "condition_number" ] do
                        for subject in [ "weight"; "cumulative_update"; "gradient"; "adapter" ] do
                            probe step metric subject
                SampleSweep.final "finished"
            ]

        SampleSweep.plan runs "probed" [ SweepCell("c1", "arm", "arm", "1", "") ]

    Assert.InRange((page write "probed").Length, 1, 6 * 1024 * 1024)
