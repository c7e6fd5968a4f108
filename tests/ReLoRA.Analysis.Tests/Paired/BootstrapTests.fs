module ReLoRA.Analysis.Tests.Paired.BootstrapTests

open System
open ReLoRA.Analysis.Paired
open Xunit

let private rounding = 1e-12

let private part (numerators: float[]) (denominators: float[]) =
    {
        Numerators = numerators
        Denominators = denominators
    }

let private interval parts exponential mean =
    Bootstrap.OfRatios(parts, exponential, mean, 0.95, 1000, 7UL)

/// Exponentially distributed: as skewed as documents' lengths.
let private exponential (draws: Draws) = -log(1.0 - draws.Share())

[<Fact>]
let ``The figure is the mean over parts of the transformed ratio of sums`` () =
    let parts = [| part [| 1.0; 2.0 |] [| 2.0; 4.0 |]; part [| 3.0 |] [| 2.0 |] |]

    for exponential, mean, expected in
        [
            false, PartsMean.Arithmetic, 1.0
            true, PartsMean.Arithmetic, (exp 0.5 + exp 1.5) / 2.0
            true, PartsMean.Geometric, exp 1.0
            false, PartsMean.Geometric, sqrt 0.75
        ] do
        Assert.Equal(expected, (interval parts exponential mean).Value, rounding)

[<Fact>]
let ``Items of the same ratio leave nothing to chance`` () =
    let found =
        interval [| part [| 1.0; 2.0; 3.0 |] [| 2.0; 4.0; 6.0 |] |] true PartsMean.Arithmetic

    Assert.Equal(exp 0.5, found.Low, rounding)
    Assert.Equal(exp 0.5, found.High, rounding)

[<Fact>]
let ``Of many items the interval is the normal distribution's`` () =
    let draws = Draws 3UL
    let values = Array.init 2000 (fun _ -> draws.Share())

    let found =
        interval [| part values (Array.create 2000 1.0) |] false PartsMean.Arithmetic

    let half = 1.959964 * sqrt (1.0 / 12.0 / 2000.0)
    // A quantile of 1000 resamples is off by less than a sixth of the half width, three standard deviations of it.
    Assert.Equal(found.Value - half, found.Low, half / 6.0)
    Assert.Equal(found.Value + half, found.High, half / 6.0)

[<Fact>]
let ``The same seed gives the same interval, and samples without a denominator are drawn again`` () =
    let parts = [| part [| 1.0; 2.0; 4.0 |] [| 0.0; 1.0; 1.0 |] |]
    let found = interval parts false PartsMean.Arithmetic
    Assert.Equal(found, interval parts false PartsMean.Arithmetic)
    Assert.True(Double.IsFinite found.Low && Double.IsFinite found.High)

    Assert.Throws<ArgumentException>(fun () ->
        interval [| part [| 1.0 |] [| 0.0 |] |] false PartsMean.Arithmetic |> ignore)

[<Fact>]
let ``Ends beyond the largest number are infinite and not NaN`` () =
    let found =
        interval [| part [| 1.0; 900.0 |] [| 1.0; 1.0 |] |] true PartsMean.Arithmetic

    Assert.Equal(exp 1.0, found.Low, rounding)
    Assert.Equal(infinity, found.High)

[<Fact>]
let ``Intervals of perplexity cover the truth about as often as they say`` () =
    let draws = Draws 11UL
    let documents, simulations = 100, 400

    let covers _ =
        let tokens = Array.init documents (fun _ -> 1.0 + 10.0 * exponential draws)
        // Mean nats of a token are 2, whatever the length.
        let nats = tokens |> Array.map (fun count -> count * (1.0 + exponential draws))

        let found =
            Bootstrap.OfRatios([| part nats tokens |], true, PartsMean.Arithmetic, 0.95, 400, draws.Next())

        found.Low <= exp 2.0 && exp 2.0 <= found.High

    let covered = Seq.init simulations covers |> Seq.filter id |> Seq.length
    // Percentile intervals of skewed data cover a little less than they say; four standard deviations of a count are 0.044 of all.
    Assert.InRange(float covered / float simulations, 0.88, 0.99)
