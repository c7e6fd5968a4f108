module ReLoRA.Analysis.Tests.StudentTTests

open System
open ReLoRA.Analysis
open Xunit

/// Tables give quantiles to three places: NIST/SEMATECH e-Handbook, 1.3.6.7.2.
let private printed = 5e-4

/// What closed forms are met to: rounding of the gamma function's fifteen digits.
let private computed = 1e-12

[<Theory>]
[<InlineData(1, 0.975, 12.706)>]
[<InlineData(2, 0.975, 4.303)>]
[<InlineData(3, 0.975, 3.182)>]
[<InlineData(4, 0.975, 2.776)>]
[<InlineData(5, 0.975, 2.571)>]
[<InlineData(9, 0.975, 2.262)>]
[<InlineData(10, 0.95, 1.812)>]
[<InlineData(30, 0.975, 2.042)>]
[<InlineData(100, 0.975, 1.984)>]
[<InlineData(1, 0.995, 63.657)>]
[<InlineData(2, 0.999, 22.327)>]
[<InlineData(20, 0.90, 1.325)>]
let ``Quantiles are those of printed tables`` (degrees: int) (probability: float) (expected: float) =
    Assert.Equal(expected, StudentT.quantile (float degrees) probability, printed)

[<Theory>]
[<InlineData(-3.0)>]
[<InlineData(-0.5)>]
[<InlineData(0.0)>]
[<InlineData(0.1)>]
[<InlineData(2.0)>]
[<InlineData(40.0)>]
let ``One and two degrees of freedom have closed forms`` (t: float) =
    Assert.Equal(0.5 + atan t / Math.PI, StudentT.cumulative 1.0 t, computed)
    Assert.Equal(0.5 + t / (2.0 * sqrt (2.0 + t * t)), StudentT.cumulative 2.0 t, computed)

[<Fact>]
let ``The quantile undoes the distribution`` () =
    for degrees in [ 1.0; 2.0; 3.5; 7.0; 29.0; 500.0 ] do
        for probability in [ 0.001; 0.1; 0.5; 0.8; 0.975; 0.9999 ] do
            let t = StudentT.quantile degrees probability
            Assert.Equal(probability, StudentT.cumulative degrees t, computed)

[<Fact>]
let ``It is symmetric about zero`` () =
    for degrees in [ 1.0; 4.0; 60.0 ] do
        Assert.Equal(-(StudentT.quantile degrees 0.025), StudentT.quantile degrees 0.975, 1e-9)

[<Theory>]
[<InlineData(0.0, 0.5)>]
[<InlineData(Double.NaN, 0.5)>]
[<InlineData(2.0, 0.0)>]
[<InlineData(2.0, 1.0)>]
[<InlineData(2.0, Double.NaN)>]
let ``What has no quantile is refused`` (degrees: float) (probability: float) =
    Assert.Throws<ArgumentException>(fun () -> StudentT.quantile degrees probability |> ignore)
    |> ignore
