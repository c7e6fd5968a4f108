module ReLoRA.Analysis.Tests.Report.SweepReportTests

open System
open System.Collections.Generic
open System.IO
open System.Text.Json
open System.Text.RegularExpressions
open ReLoRA.Analysis.Report
open ReLoRA.Analysis.Tests
open ReLoRA.Results.Log
open ReLoRA.Results.Runs
open ReLoRA.Testing
open Xunit

let private htmlOf (write: string -> unit) sweep =
    use folder = new TemporaryFolder()
    write folder.Path
    SweepReport.Html(folder.Path, sweep)

/// The page without its scripts, which may hold anything in strings.
let private tagsOf (html: string) =
    Regex.Replace(html, "(<script[^>]*>).*?</script>", "$1</script>", RegexOptions.Singleline)

let private chartsOf (html: string) =
    Regex.Matches(html, "<script type=\"application/json\"[^>]*data-chart=\"([^\"]+)\">(.*?)</script>")
    |> Seq.map (fun found -> found.Groups[1].Value, found.Groups[2].Value)
    |> Seq.toArray

let private assertContains (part: string) (text: string) = Assert.Contains(part, text)

/// Full rank against one arm that differs from it by these losses.
let private against (differences: float list) (runs: string) =
    let cell id semantics seed loss =
        SampleSweep.write
            runs
            id
            [
                SampleSweep.run id semantics seed
                SampleSweep.step 1L 1000.0
                SampleSweep.eval 4L loss loss
                SampleSweep.final "finished"
            ]

    let cells =
        differences
        |> List.mapi (fun index difference ->
            let seed = string (index + 1)
            cell $"f{seed}" "" seed 3.0
            cell $"x{seed}" "Exact" seed (3.0 + difference)

            [
                SweepCell($"f{seed}", $"full, seed {seed}", "full", seed, "")
                SweepCell($"x{seed}", $"low, seed {seed}", "low", seed, $"f{seed}")
            ])
        |> List.concat

    SampleSweep.plan runs "pairs" cells

[<Fact>]
let ``Every section is there and the contents lead to it`` () =
    let html = htmlOf SampleSweep.twoSeeds "quickstart"

    for id in
        [
            "findings"
            "what"
            "loss"
            "domains"
            "pairs"
            "tasks"
            "rank"
            "resets"
            "costs"
            "provenance"
            "script"
        ] do
        assertContains $"<section id=\"{id}\">" html
        assertContains $"<a href=\"#{id}\">" html

    assertContains "Not evaluated" html
    assertContains "Not probed" html
    assertContains "nothing merged" html

[<Fact>]
let ``Nothing is fetched from anywhere`` () =
    let tags = htmlOf SampleSweep.twoSeeds "quickstart" |> tagsOf

    for found in Regex.Matches(tags, "(?:src|href)\\s*=\\s*\"([^\"]*)\"") do
        Assert.StartsWith("#", found.Groups[1].Value)

    Assert.DoesNotContain("<link", tags)
    Assert.DoesNotContain("url(", tags)
    Assert.DoesNotContain("@import", tags)

[<Fact>]
let ``The library stands in the page once`` () =
    let html = htmlOf SampleSweep.twoSeeds "quickstart"
    Assert.Equal(1, Regex.Count(html, "plotly\\.js v"))

[<Fact>]
let ``Every chart is JSON with a place in the page, whatever the figures are`` () =
    let write runs =
        SampleSweep.interrupted runs

        SampleSweep.write
            runs
            "n1"
            [
                SampleSweep.run "n1" "Exact" "1"
                SampleSweep.eval 0L nan infinity
                SampleSweep.eval 4L 3.0 nan
                SampleSweep.final "finished"
            ]

    let html = htmlOf write "interrupted"
    let charts = chartsOf html
    Assert.True(charts.Length >= 3)

    for id, json in charts do
        assertContains $"id=\"{id}\"" html
        Assert.DoesNotContain("NaN", json)
        Assert.DoesNotContain("Infinity", json)
        use document = JsonDocument.Parse json
        Assert.True(document.RootElement.GetProperty("data").GetArrayLength() > 0)

[<Fact>]
let ``The same runs give the same bytes`` () =
    use folder = new TemporaryFolder()
    SampleSweep.twoSeeds folder.Path
    let first = Path.Combine(folder.Path, "first.html")
    let second = SweepReport.DefaultPath(folder.Path, "quickstart")
    SweepReport.Write(folder.Path, "quickstart", first)
    SweepReport.Write(folder.Path, "quickstart", second)
    Assert.Equal<byte>(File.ReadAllBytes first, File.ReadAllBytes second)

[<Theory>]
[<InlineData(-0.1, -0.1001, "low is better than full")>]
[<InlineData(0.1, 0.1001, "low is worse than full")>]
[<InlineData(-0.1, 0.11, "low is undecided against full")>]
let ``The findings follow from the interval`` (first: float, second: float, expected: string) =
    let html = htmlOf (against [ first; second ]) "pairs"
    assertContains expected html
    assertContains "Caution: " html

    for other in [ "low is better than"; "low is worse than"; "low is undecided against" ] do
        if not (expected.Contains(other, StringComparison.Ordinal)) then
            Assert.DoesNotContain(other, tagsOf html)

[<Fact>]
let ``One pair decides nothing and five need no caution`` () =
    assertContains "low is undecided against full" (htmlOf (against [ -1.0 ]) "pairs")
    Assert.DoesNotContain("Caution: ", tagsOf (htmlOf (against [ -1.0; -1.1; -1.0; -1.1; -1.0 ]) "pairs"))

[<Fact>]
let ``The resets are counted by what they did`` () =
    let html = htmlOf SampleSweep.twoSeeds "quickstart"
    assertContains "6 resets over all seeds, 6 kept the model&#39;s function, 0 changed it and 0 merged nothing" html
    assertContains "6 resets over all seeds, 0 kept the model&#39;s function, 4 changed it and 2 merged nothing" html

[<Fact>]
let ``A sweep that is not complete says so first`` () =
    let html = htmlOf SampleSweep.interrupted "interrupted"
    assertContains "This sweep is not complete: 2 of 6 cells are finished" html
    Assert.DoesNotContain("This sweep is not complete", htmlOf SampleSweep.twoSeeds "quickstart")

[<Fact>]
let ``A sweep that has not begun has a report without conclusions`` () =
    let write runs =
        SampleSweep.plan runs "new" [ SweepCell("c1", "r4", "r4", "1", "") ]

    assertContains "nothing can be concluded yet" (htmlOf write "new")

[<Fact>]
let ``Texts of the user cannot become tags`` () =
    let evil = "</script><script>alert(1)</script><b>&\""

    let write runs =
        against [ 0.1; 0.2 ] runs
        let path = RunsFolder(runs).Sweep("pairs").PlanPath
        let plan = nonNull (SweepFile.Read path)

        let named =
            plan.Cells
            |> Seq.map (fun cell -> SweepCell(cell.Id, cell.Label, cell.Arm + evil, cell.Seed, cell.Baseline))

        SweepFile(
            Name = plan.Name,
            Cells = Seq.toArray named,
            Provenance = Dictionary(dict [ "text:s.csx", evil; "git_commit", evil ])
        )
            .Write
            path

    let html = htmlOf write "pairs"
    Assert.DoesNotContain("<script>alert", html)
    Assert.DoesNotContain("<b>&", html)
    assertContains "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;&amp;&quot;" html

    for _, json in chartsOf html do
        use document = JsonDocument.Parse json
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind)

[<Fact>]
let ``Minimal pairs and probes are shown where there are any`` () =
    let pairs =
        PairsRecord(
            Step = 4L,
            Tokens = 2048L,
            Name = "agreement",
            Accuracy = 0.75,
            Phenomena =
                [|
                    PairsPhenomenon("number", 30L, 1L, 40L)
                    PairsPhenomenon("case", 20L, 0L, 40L)
                |]
        )

    let probe step moment =
        ProbeRecord(
            Step = step,
            Tokens = step * 512L,
            Name = "rank",
            Metric = "effective_rank",
            Of = "cumulative_update",
            Moment = moment,
            Values =
                [|
                    ProbeValue("a", 0.25, (if step = 1L then "" else "rank deficient (2 of 4)"))
                    ProbeValue(
                        "b",
                        nan,
                        (if step = 1L then
                             "zero matrix"
                         else
                             "rank deficient (1 of 4)")
                    )
                |]
        )

    let write runs =
        SampleSweep.write
            runs
            "x1"
            [
                SampleSweep.run "x1" "Exact" "1"
                probe 1L "step"
                probe 1L "before_reset"
                SampleSweep.reset 1 "Exact" 1e-6 "kept"
                probe 1L "after_reset"
                SampleSweep.eval 4L 3.0 3.0
                pairs
                probe 4L "step"
                SampleSweep.final "finished"
            ]

        SampleSweep.plan runs "probed" [ SweepCell("x1", "x, seed 1", "x", "1", "") ]

    let html = htmlOf write "probed"
    assertContains "0.750 [0.598, 0.858]" html
    assertContains "Mean accuracy on minimal pairs (chance 0.5): x 0.625." html
    assertContains "Proportional effective rank of what the linears learned, at the end: x 0.250." html
    assertContains "Of 8 layer values, these had findings: 3 zero matrix, 2 rank deficient." html
    let ids = chartsOf html |> Array.map fst
    Assert.Contains("chart-pairs", ids)
    Assert.Contains("chart-effective_rank-cumulative_update", ids)

/// Ten pairs of two phenomena, of which the model has those right that the bits tell.
let private pairsOf (first: string) (second: string) =
    let phenomenon (name: string) (right: string) =
        PairsPhenomenon(name, 0L, 0L, 10L, Term = $"kind of {name}", Right = right)

    PairsRecord(
        Step = 4L,
        Tokens = 2048L,
        Name = "pairs",
        Accuracy = 0.5,
        Phenomena = [| phenomenon "first" first; phenomenon "second" second |]
    )

let private pairsSweep (bits: (string * string * string) list) (runs: string) =
    for id, first, second in bits do
        SampleSweep.write
            runs
            id
            [
                SampleSweep.run id "" "1"
                SampleSweep.eval 4L 3.0 3.0
                pairsOf first second
                SampleSweep.final "finished"
            ]

    SampleSweep.plan
        runs
        "s"
        [
            SweepCell("f", "FullRank 1", "FullRank", "1", "")
            SweepCell("x", "ReLoRA 1", "ReLoRA", "1", "f")
        ]

[<Fact>]
let ``Minimal pairs are compared with the baseline's, pair by pair`` () =
    // All ten of the first phenomenon against none; the second alike.
    let html = htmlOf (pairsSweep [ "f", "0000", "aa80"; "x", "ffc0", "aa80" ]) "s"

    html |> assertContains "Against the baseline, pair by pair"

    html |> assertContains "the primary test"
    html |> assertContains "kind of first"
    // McNemar's exact test of 10 against 0 is 2 / 1024, by Holm's correction over two phenomena twice that.
    html |> assertContains "+1.0000 [+1.0000, +1.0000], p 0.004"
    html |> assertContains "0.0000], p 1.000"

    html
    |> assertContains "One seed: what another seed would change is in no interval here."

[<Theory>]
[<InlineData(null)>]
[<InlineData("ff")>]
[<InlineData("xyz!")>]
let ``Logs that do not tell which pairs are right are not compared`` (bits: string | null) =
    let html =
        htmlOf (pairsSweep [ "f", "0000", "aa80"; "x", Unchecked.nonNull bits, "aa80" ]) "s"

    Assert.DoesNotContain("the primary test", html)

/// One domain of two rows of 50 tokens each.
let private rowsSweep (rows: (string * float list) list) (runs: string) =
    for id, nats in rows do
        let loss = List.sum nats / 100.0

        let domain =
            EvalDomain("news", loss, exp loss, 100L, RowNats = (nats |> List.toArray :> IReadOnlyList<float>))

        let eval =
            EvalRecord(
                Step = 4L,
                Tokens = 2048L,
                Name = "perplexity",
                Loss = loss,
                Perplexity = exp loss,
                MacroLoss = loss,
                MacroPerplexity = exp loss,
                Domains = [| domain |]
            )

        SampleSweep.write runs id [ SampleSweep.run id "" "1"; eval; SampleSweep.final "finished" ]

    SampleSweep.plan
        runs
        "s"
        [
            SweepCell("f", "FullRank 1", "FullRank", "1", "")
            SweepCell("x", "ReLoRA 1", "ReLoRA", "1", "f")
        ]

[<Fact>]
let ``Perplexity is compared with the baseline's, row by row`` () =
    // A tenth of a nat a token less in each row: the ratio is exp(-0.1) whatever rows are drawn.
    let html = htmlOf (rowsSweep [ "f", [ 200.0; 100.0 ]; "x", [ 195.0; 95.0 ] ]) "s"

    html |> assertContains "Against the baseline, row by row"
    html |> assertContains "0.9048 [0.9048, 0.9048]"

[<Fact>]
let ``Logs without the rows' losses, or of other rows, are not compared`` () =
    Assert.DoesNotContain("row by row", htmlOf (rowsSweep [ "f", [ 200.0; 100.0 ]; "x", [ 300.0 ] ]) "s")
    Assert.DoesNotContain("row by row", htmlOf (rowsSweep [ "f", []; "x", [] ]) "s")

[<Fact>]
let ``Of a loss that is no finite number the findings conclude nothing`` () =
    let text = htmlOf (against [ 0.1; nan ]) "pairs" |> tagsOf

    assertContains
        "Nothing can be concluded of low against full: a loss among the 2 paired seeds is no finite number."
        text

    Assert.DoesNotContain("low is undecided", text)
    assertContains "loss is NaN, no finite number; nothing can be concluded of it." text

[<Fact>]
let ``Losses of which none is a finite number are not said to be missing`` () =
    let nothing (runs: string) =
        SampleSweep.write runs "x" (SampleSweep.whole "x" "" "1" nan [])
        SampleSweep.plan runs "pairs" [ SweepCell("x", "x", "x", "1", "") ]

    let text = htmlOf nothing "pairs" |> tagsOf
    assertContains "No arm has a mean validation loss that is a finite number: none is the lowest." text
    Assert.DoesNotContain("No cell has finished with a validation", text)
