module ReLoRA.Analysis.Tests.StatisticsTests

open ReLoRA.Analysis
open Xunit

/// A few roundings of numbers near one.
let private rounding = 1e-14

[<Fact>]
let ``Mean, deviation and median of a sample`` () =
    let sample = [| 2.0; 4.0; 4.0; 4.0; 5.0; 5.0; 7.0; 9.0 |]
    Assert.Equal(5.0, Statistics.mean sample)
    Assert.Equal(sqrt (32.0 / 7.0), Statistics.sampleDeviation sample, rounding)
    Assert.Equal(4.5, Statistics.median sample)
    Assert.Equal(4.0, Statistics.median [| 9.0; 4.0; 1.0 |])

[<Fact>]
let ``What too few values cannot say is NaN`` () =
    Assert.Equal(nan, Statistics.mean [||])
    Assert.Equal(nan, Statistics.median [||])
    Assert.Equal(nan, Statistics.sampleDeviation [| 1.0 |])
    let one = Statistics.pairedDifference 0.95 [| 3.0, 2.5 |]
    Assert.Equal(0.5, one.Mean)
    Assert.Equal(nan, one.Low)
    Assert.Equal(nan, one.High)

[<Fact>]
let ``A paired interval is the mean and Student's quantile times the standard error`` () =
    // Differences 1, 2, 3: sd 1, three pairs, t(0.975, 2) = 4.302653.
    let found =
        Statistics.pairedDifference 0.95 [| 11.0, 10.0; 22.0, 20.0; 33.0, 30.0 |]

    let half = 4.30265272974946 / sqrt 3.0
    Assert.Equal(3, found.Pairs)
    Assert.Equal(2.0, found.Mean, rounding)
    Assert.Equal(2.0 - half, found.Low, 1e-10)
    Assert.Equal(2.0 + half, found.High, 1e-10)

[<Fact>]
let ``Pairing takes out what the seeds have in common`` () =
    let paired = Statistics.pairedDifference 0.95 [| 1.1, 1.0; 5.1, 5.0; 9.1, 9.0 |]
    Assert.Equal(0.1, paired.Low, 1e-9)
    Assert.Equal(0.1, paired.High, 1e-9)

[<Fact>]
let ``Wilson's interval is the published one`` () =
    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    for correct, count, low, high in
        [
            81L, 263L, 0.2553, 0.3662
            15L, 148L, 0.0624, 0.1605
            0L, 20L, 0.0, 0.1611
            1L, 29L, 0.0061, 0.1718
        ] do
        let found = Statistics.wilson correct count
        Assert.Equal(float correct / float count, found.Value, rounding)
        Assert.Equal(low, found.Low, 5e-5)
        Assert.Equal(high, found.High, 5e-5)

[<Fact>]
let ``Wilson's interval mirrors and stays within 0 and 1`` () =
    let few, many = Statistics.wilson 3L 100L, Statistics.wilson 97L 100L
    Assert.Equal(1.0 - few.High, many.Low, rounding)
    Assert.Equal(1.0, (Statistics.wilson 100L 100L).High, rounding)
    Assert.Equal(nan, (Statistics.wilson 0L 0L).Low)
