module ReLoRA.Analysis.Tests.Inference.MarginsTests

open System
open ReLoRA.Analysis
open ReLoRA.Analysis.Inference
open Xunit

/// Mean m, deviation s over three seeds.
let private three m s = [| m - s; m; m + s |]

let private decide differences = Margins.Decide(differences, 0.02, 0.95)

[<Fact>]
let ``An interval wholly outside of the margin differs, inside is alike, across is undecided`` () =
    // t(0.975, 2) / sqrt 3 = 2.484 deviations to either side.
    for differences, verdict in
        [
            three 0.05 0.01, MarginVerdict.Above
            three -0.05 0.01, MarginVerdict.Below
            three 0.001 0.005, MarginVerdict.Inside
            three 0.02 0.001, MarginVerdict.Undecided
            three 0.03 0.01, MarginVerdict.Undecided
        ] do
        Assert.Equal(verdict, (decide differences).Verdict)

[<Fact>]
let ``Decisions are told with their interval`` () =
    Assert.Equal(
        "lower: the 95 % interval [-0.0748, -0.0252] over 3 pairs lies wholly below -0.02",
        (decide (three -0.05 0.01)).Text
    )

    Assert.Equal(
        "alike: the 95 % interval [-0.0114, +0.0134] over 3 pairs lies wholly within ±0.02",
        (decide (three 0.001 0.005)).Text
    )

[<Fact>]
let ``One seed decides nothing, whatever it shows`` () =
    let found = decide [| 0.5 |]
    Assert.Equal(MarginVerdict.NoInterval, found.Verdict)
    Assert.Equal("nothing can be concluded: +0.5000 in one pair, and one pair has no interval", found.Text)
    Assert.Equal("nothing can be concluded: there is no pair", (decide [||]).Text)
    Assert.Equal("nothing can be concluded: a difference is no finite number", (decide [| 1.0; nan |]).Text)

[<Fact>]
let ``Inside at 95 percent is where two one-sided tests are below 2.5 percent each`` () =
    for s in [ 0.001; 0.004; 0.0075; 0.0079; 0.0082; 0.01; 0.02 ] do
        let found = decide (three 0.0005 s)
        Assert.Equal(found.Verdict = MarginVerdict.Inside, found.EquivalenceP < 0.025)

[<Fact>]
let ``Two one-sided tests are Student's against each bound`` () =
    let found = decide (three 0.001 0.005)
    // (0.02 - 0.001) / (0.005 / sqrt 3) is 6.582 standard errors from the nearer bound, with two degrees.
    let expected = 1.0 - StudentT.cumulative 2.0 (0.019 * sqrt 3.0 / 0.005)
    Assert.Equal(expected, found.EquivalenceP, 1e-12)
    Assert.Equal(0.0, (decide [| 0.0; 0.0 |]).EquivalenceP)

[<Fact>]
let ``Intervals that hold together are wider, and of one arm the same`` () =
    let alone = Simultaneous.Bonferroni([| three 0.1 0.01 |], 0.95)[0]
    let four = Simultaneous.Bonferroni(Array.create 4 (three 0.1 0.01), 0.95)[3]
    Assert.Equal(0.1 - 4.30265272974946 / sqrt 3.0 * 0.01, alone.Low, 1e-10)
    // Student's t at 1 - 0.05 / 8 with two degrees is 8.860 (Bonferroni's tables).
    Assert.Equal(0.1 - 8.860 / sqrt 3.0 * 0.01, four.Low, 1e-5)

[<Fact>]
let ``Few pairs are told the smallest p that they can have`` () =
    let three = SignTest.Of [| 0.1; 0.2; 0.3 |]
    Assert.Equal(0.25, three.P, 1e-15)

    Assert.Equal(
        "Of 3 pair(s) the smallest possible p is 0.25: this test cannot fall below 0.05, whatever the pairs show. It takes 6 pairs.",
        three.Caution 0.05
    )

    Assert.Equal("", (SignTest.Of(Array.create 6 1.0)).Caution 0.05)
    Assert.Equal(2.0 / 64.0, (PermutationTest.Of(Array.init 6 (fun i -> 1.0 + float i))).P)
    Assert.StartsWith("There is no pair", (SignTest.Of [| 0.0 |]).Caution 0.05)

[<Fact>]
let ``Effects without spread or with too few pairs have no interval, and none is made up`` () =
    let none = EffectSizes.OfPairs([| 0.1; 0.1; 0.1 |], 0.95)
    Assert.Equal((nan, nan), (none.Hedges, none.Low))
    let two = EffectSizes.OfPairs([| 0.1; 0.3 |], 0.95)
    Assert.Equal(sqrt 2.0, two.Cohen, 1e-12)
    Assert.Equal(nan, two.Hedges)

[<Fact>]
let ``What cannot be drawn or tested is refused`` () =
    for act in
        [
            fun () -> Resampling.Bca(1, (fun _ -> 0.0), 0.95, 10, 1UL) |> ignore
            fun () -> Resampling.Percentile(2, (fun _ -> 0.0), 1.0, 10, 1UL) |> ignore
            fun () -> Margins.Decide([| 0.0; 0.0 |], 0.0, 0.95) |> ignore
            fun () -> Shares.ClopperPearson(3L, 2L, 0.95) |> ignore
            fun () -> PermutationTest.Of [| nan |] |> ignore
            fun () -> BenjaminiHochberg.Adjust [| 1.5 |] |> ignore
        ] do
        Assert.Throws<ArgumentException>(fun () -> act ()) |> ignore

[<Fact>]
let ``Draws whose figures are all alike give that figure by either bootstrap`` () =
    for found in
        [
            Resampling.Bca(4, (fun _ -> 2.0), 0.95, 100, 1UL)
            Resampling.Percentile(4, (fun _ -> 2.0), 0.95, 100, 1UL)
        ] do
        Assert.Equal((2.0, 2.0, 2.0), (found.Value, found.Low, found.High))
