module ReLoRA.Analysis.Tests.Paired.ComparisonTests

open System
open ReLoRA.Analysis.Paired
open Xunit

let private rounding = 1e-12

[<Fact>]
let ``Accuracies weigh paradigms, and discordant pairs are counted by phenomenon`` () =
    let found =
        PairsComparison.Of(
            [| "p1"; "p1"; "p2"; "p3"; "p3" |],
            [| "a"; "a"; "a"; "b"; "b" |],
            [| [| true; true; false; true; true |] |],
            [| [| false; true; true; false; false |] |],
            500,
            1UL
        )

    Assert.Equal((5, 1), (found.Pairs, found.Seeds))
    Assert.Equal((1.0 + 0.0 + 1.0) / 3.0, found.First, rounding)
    Assert.Equal((0.5 + 1.0 + 0.0) / 3.0, found.Second, rounding)
    Assert.Equal(found.First - found.Second, found.Difference.Interval.Value, rounding)
    Assert.Equal<string>([| "a"; "b" |], found.Phenomena |> Array.map _.Name)
    let a, b = found.Phenomena[0], found.Phenomena[1]
    Assert.Equal((1L, 1L, 1.0, 1.0), (a.OnlyFirst, a.OnlySecond, a.P, a.Adjusted))
    Assert.Equal((2L, 0L, 0.5, 1.0), (b.OnlyFirst, b.OnlySecond, b.P, b.Adjusted))
    Assert.Equal(-0.25, a.Difference.Value, rounding)
    Assert.Equal(1.0, b.Difference.Low, rounding)

[<Fact>]
let ``Exchanging the models exchanges the answer`` () =
    let draws = Draws 8UL

    let marks () =
        [| Array.init 60 (fun _ -> draws.Below 2 = 0) |]

    let one, other = marks (), marks ()
    let paradigms = Array.init 60 (fun item -> $"{item / 10}")
    let there = PairsComparison.Of(paradigms, paradigms, one, other, 500, 1UL)
    let back = PairsComparison.Of(paradigms, paradigms, other, one, 500, 1UL)
    Assert.Equal(there.Difference.Interval.Low, -back.Difference.Interval.High, rounding)
    Assert.Equal(there.Difference.P, back.Difference.P, rounding)

    Assert.Equal<float>(there.Phenomena |> Array.map _.Adjusted, back.Phenomena |> Array.map _.Adjusted)

[<Fact>]
let ``Perplexities are compared overall, by source and by domain`` () =
    let found =
        PerplexityComparison.Of(
            [| "s"; "s"; "t" |],
            [| "s/x"; "s/y"; "t" |],
            [| 2.0; 4.0; 4.0 |],
            [| [| 2.0; 8.0; 4.0 |] |],
            [| [| 4.0; 8.0; 4.0 |] |],
            500,
            1UL
        )

    Assert.Equal<string>(
        [| "overall "; "source s"; "source t"; "domain s/x"; "domain s/y"; "domain t" |],
        found |> Array.map (fun one -> $"{one.Group} {one.Name}")
    )

    Assert.Equal(exp 1.4, found[0].First, rounding)
    Assert.Equal(exp 1.6, found[0].Second, rounding)
    Assert.Equal(exp -0.2, found[0].Ratio.Value, rounding)
    Assert.Equal(exp (-2.0 / 6.0), found[1].Ratio.Value, rounding)
    Assert.Equal(1.0, found[2].Ratio.High, rounding)

[<Fact>]
let ``Models with other seeds or pairs are refused`` () =
    Assert.Throws<ArgumentException>(fun () ->
        PairsComparison.Of([| "p" |], [| "a" |], [| [| true |] |], [||], 10, 1UL)
        |> ignore)
    |> ignore
