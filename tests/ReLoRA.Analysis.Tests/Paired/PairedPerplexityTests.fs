module ReLoRA.Analysis.Tests.Paired.PairedPerplexityTests

open System
open ReLoRA.Analysis.Paired
open Xunit

let private rounding = 1e-12

let private ratio first second units =
    PairedPerplexity.Ratio(first, second, units, 0.95, 1000, 9UL)

[<Fact>]
let ``The figure is the ratio of both perplexities`` () =
    let found = ratio [| [| 6.0; 10.0 |] |] [| [| 2.0; 4.0 |] |] [| 2.0; 3.0 |]
    Assert.Equal(exp (16.0 / 5.0) / exp (6.0 / 5.0), found.Interval.Value, rounding)

[<Fact>]
let ``What both models find hard leaves the interval as narrow as their difference`` () =
    let units = Array.create 50 10.0
    let second = Array.init 50 (fun document -> float (document * document))

    let found =
        ratio [| second |> Array.map (fun nats -> nats + 1.0) |] [| second |] units

    Assert.Equal(exp 0.1, found.Interval.Low, rounding)
    Assert.Equal(exp 0.1, found.Interval.High, rounding)
    Assert.Equal(2.0 / 1001.0, found.P, rounding)

[<Fact>]
let ``Several seeds give the geometric mean of their ratios`` () =
    let found = ratio [| [| 2.0 |]; [| 4.0 |] |] [| [| 1.0 |]; [| 1.0 |] |] [| 1.0 |]
    Assert.Equal(exp 2.0, found.Interval.Value, rounding)
    Assert.Equal(exp 1.0, found.Interval.Low, rounding)
    Assert.Equal(exp 3.0, found.Interval.High, rounding)

[<Fact>]
let ``Models on other documents are refused`` () =
    Assert.Throws<ArgumentException>(fun () -> ratio [| [| 1.0 |] |] [| [| 1.0; 2.0 |] |] [| 1.0 |] |> ignore)
    |> ignore

    Assert.Throws<ArgumentException>(fun () -> ratio [| [| 1.0 |] |] [| [| 1.0 |] |] [| 0.0 |] |> ignore)
