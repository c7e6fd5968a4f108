/// What textbooks and papers print, computed anew. Each test names its source.
module ReLoRA.Analysis.Tests.Inference.PublishedTests

open System
open ReLoRA.Analysis
open ReLoRA.Analysis.Inference
open ReLoRA.Analysis.Paired
open Xunit

/// Half of the last digit of figures that are printed to so many.
let private printed (digits: int) = 0.5 * 10.0 ** -(float digits) + 1e-12

/// What is computed to the end agrees with SciPy 1.10's to the rounding of the gamma function's fifteen digits.
let private computed = 1e-10

/// Student's sleep data, "The probable error of a mean", Biometrika 6 (1908): hours gained by the second drug over the first.
let private sleep = [| 1.2; 2.4; 1.3; 1.3; 0.0; 1.0; 1.8; 0.8; 4.6; 1.4 |]

/// Darwin's maize, Fisher, The Design of Experiments (1935), III: crossed less self-fertilised, eighths of an inch.
let private maize =
    [| 49; -67; 8; 16; 6; 23; 28; 41; 14; 29; 56; 24; 75; 60; -48 |]
    |> Array.map float

/// Efron and Tibshirani, An Introduction to the Bootstrap (1993), table 14.1: the spatial test, A.
let private spatial =
    [|
        48
        36
        20
        29
        42
        42
        20
        42
        22
        41
        45
        14
        6
        0
        33
        28
        34
        4
        32
        24
        47
        41
        24
        26
        30
        41
    |]
    |> Array.map float

/// The same book, table 3.1: the law schools, LSAT and GPA.
let private lsat =
    [| 576; 635; 558; 578; 666; 580; 555; 661; 651; 605; 653; 575; 545; 572; 594 |]
    |> Array.map float

let private gpa =
    [| 339; 330; 281; 303; 344; 307; 300; 343; 336; 313; 312; 274; 276; 288; 296 |]
    |> Array.map (fun hundredths -> float hundredths / 100.0)

let private correlation (items: int[]) =
    let x, y =
        items |> Array.map (fun i -> lsat[i]), items |> Array.map (fun i -> gpa[i])

    let mx, my = Array.average x, Array.average y
    let sum = Array.map2 (fun a b -> (a - mx) * (b - my)) x y |> Array.sum

    let square (values: float[]) centre =
        values |> Array.sumBy (fun v -> (v - centre) ** 2.0)

    sum / sqrt (square x mx * square y my)

let private variance (items: int[]) =
    let values = items |> Array.map (fun i -> spatial[i])
    let centre = Array.average values
    values |> Array.averageBy (fun value -> (value - centre) ** 2.0)

[<Fact>]
let ``Student's sleep data give the interval that R's help prints`` () =
    // ?t.test in R: 0.7001142 to 2.4598858, t = 4.0621.
    let found =
        sleep |> Array.map (fun one -> one, 0.0) |> Statistics.pairedDifference 0.95

    Assert.Equal(1.58, found.Mean, computed)
    Assert.Equal(0.7001142, found.Low, printed 7)
    Assert.Equal(2.4598858, found.High, printed 7)

[<Fact>]
let ``Clopper and Pearson's intervals are those of Newcombe's table`` () =
    // Newcombe, Statistics in Medicine 17 (1998), table I, method 5.
    for correct, count, low, high in
        [
            81L, 263L, 0.2527, 0.3676
            15L, 148L, 0.0578, 0.1617
            0L, 20L, 0.0, 0.1684
            1L, 29L, 0.0009, 0.1776
        ] do
        let found = Shares.ClopperPearson(correct, count, 0.95)
        Assert.Equal(low, found.Low, printed 4)
        Assert.Equal(high, found.High, printed 4)

[<Fact>]
let ``Clopper and Pearson's bounds are the binomial tails of 2.5 percent`` () =
    // Nobody of 20: (1 - high)^20 = 0.025. All of them: low^20 = 0.025.
    Assert.Equal(1.0 - 0.025 ** 0.05, Shares.ClopperPearson(0L, 20L, 0.95).High, computed)
    Assert.Equal(0.025 ** 0.05, Shares.ClopperPearson(20L, 20L, 0.95).Low, computed)
    Assert.Equal(nan, Shares.ClopperPearson(0L, 0L, 0.95).Low)

[<Fact>]
let ``The spatial data's variance has the book's intervals of 90 percent`` () =
    // Table 14.2: theta 171.5, percentile (100.8, 233.9), BCa (115.8, 259.6), each of 2,000 resamples.
    // Another 2,000 move an end by about 2; with 20,000 of ours the difference is theirs: 3 standard deviations are 6.
    let between = 6.0
    let percentile = Resampling.Percentile(26, variance, 0.9, 20_000, 1UL)
    let bca = Resampling.Bca(26, variance, 0.9, 20_000, 1UL)
    Assert.Equal(171.5, bca.Value, printed 1)
    Assert.Equal(100.8, percentile.Low, between)
    Assert.Equal(233.9, percentile.High, between)
    Assert.Equal(115.8, bca.Low, between)
    Assert.Equal(259.6, bca.High, between)

[<Fact>]
let ``The law schools' correlation and its percentile interval are the book's`` () =
    // 0.776; the standard error of 3,200 resamples is .132 (table 6.1). The book's histogram has a long left tail: an interval of 68 % is about
    // as wide as two standard errors, within a tenth of them.
    let found = Resampling.Percentile(15, correlation, 0.6827, 20_000, 2UL)
    Assert.Equal(0.776, found.Value, printed 3)
    Assert.Equal(2.0 * 0.132, found.High - found.Low, 0.2 * 0.132)
    Assert.True(found.Value - found.Low > found.High - found.Value)

[<Fact>]
let ``Fisher's maize has 1,726 of 32,768 signs as far from zero`` () =
    // The Design of Experiments, section 21: 5.267 percent of both tails, where Student's t = 2.148 has 4.970.
    let found = PermutationTest.Of maize
    Assert.Equal(1726.0 / 32768.0, found.P, 1e-15)
    Assert.Equal(2.0 / 32768.0, found.SmallestP, 1e-18)
    let t = Statistics.mean maize / Statistics.sampleDeviation maize * sqrt 15.0
    Assert.Equal(2.148, t, printed 3)
    Assert.Equal(0.04970, 2.0 * (1.0 - StudentT.cumulative 14.0 t), printed 5)

[<Fact>]
let ``More pairs than can be enumerated agree with what can`` () =
    // Six pairs of maize twice: 2^21 signs are not tried but drawn; four standard deviations of 100,000 draws at 0.1 are 0.004.
    let many = Array.append maize maize[..5]
    let drawn = PermutationTest.Of(many, 3UL).P
    // The normal distribution's p with the variance that the signs have.
    let z = Array.sum many / sqrt (many |> Array.sumBy (fun one -> one * one))
    Assert.Equal(2.0 * Normal.cumulative -(abs z), drawn, 0.006)

[<Fact>]
let ``The sign test of Siegel's mothers and fathers has his p`` () =
    // Siegel, Nonparametric Statistics (1956), chapter 5, sign test: 11 pluses, 3 minuses, 3 ties; one-tailed .029.
    let signs =
        [|
            yield! Array.create 11 1.0
            yield! Array.create 3 -1.0
            yield! Array.create 3 0.0
        |]

    let found = SignTest.Of signs
    Assert.Equal(14, found.Pairs)
    Assert.Equal(0.029, found.P / 2.0, printed 3)

[<Fact>]
let ``McNemar's test of Agresti's 1,600 voters is as certain as printed`` () =
    // Agresti, Categorical Data Analysis, table 10.1: 794, 150, 86, 570. z = 4.17 without correction, z^2 = 17.36; exactly, p is below 0.0001.
    let z = float (150 - 86) / sqrt (float (150 + 86))
    Assert.Equal(17.36, z * z, printed 2)
    let p = McNemar.Exact(150L, 86L)
    // Of 236 the exact p is near the normal one of the difference less one, the continuity correction.
    let corrected = float (150 - 86 - 1) / sqrt (float (150 + 86))
    Assert.Equal(1.0, p / (2.0 * Normal.cumulative -corrected), 0.1)

[<Fact>]
let ``Holm's own example of three hypotheses is decided as it is`` () =
    // Holm (1979), section 3, by its rule: p of 0.01, 0.02, 0.06 at 0.05: 0.01 < 0.05/3, 0.02 < 0.05/2, 0.06 > 0.05.
    let adjusted = Holm.Adjust [| 0.06; 0.01; 0.02 |]
    Assert.Equal<bool>([| false; true; true |], adjusted |> Array.map (fun p -> p <= 0.05))

[<Fact>]
let ``Benjamini and Hochberg's fifteen tests reject four where Bonferroni's rule rejects three`` () =
    // Benjamini and Hochberg (1995), section 3.2, the study of thrombolysis by Neuhaus et al.
    let p =
        [|
            0.0001
            0.0004
            0.0019
            0.0095
            0.0201
            0.0278
            0.0298
            0.0344
            0.0459
            0.3240
            0.4262
            0.5719
            0.6528
            0.7590
            1.0
        |]

    let rejected adjusted =
        adjusted |> Array.filter (fun p -> p <= 0.05) |> Array.length

    Assert.Equal(4, rejected (BenjaminiHochberg.Adjust p))
    Assert.Equal(3, rejected (Holm.Adjust p))
    // The fourth is 0.0095 * 15 / 4; one that is larger takes the smallest to its right.
    let adjusted = BenjaminiHochberg.Adjust(Array.rev p)
    Assert.Equal(0.035625, adjusted[11], computed)

    Assert.True(
        Array.pairwise adjusted
        |> Array.forall (fun (larger, smaller) -> larger >= smaller)
    )

[<Fact>]
let ``Hedges' correction is that of his table`` () =
    // Hedges, Journal of Educational Statistics 6 (1981), table 1; its last digit is not always rounded.
    for degrees, expected in
        [
            2.0, 0.5642
            3.0, 0.7236
            4.0, 0.7979
            10.0, 0.9228
            20.0, 0.9619
            50.0, 0.9849
        ] do
        Assert.Equal(expected, EffectSizes.Correction degrees, 1e-4)

[<Fact>]
let ``The interval of an effect is the noncentral t's`` () =
    // The help of conf.limits.nct in R's MBESS: ncp 2.83 with 126 degrees is 0.8337502 to 4.815359.
    Assert.Equal(0.8337502, NoncentralT.noncentrality 126.0 2.83 0.975, printed 6)
    Assert.Equal(4.815359, NoncentralT.noncentrality 126.0 2.83 0.025, printed 6)
    // Of Student's data: d_z 1.285 (Lakens, Front. Psychol. 4, 2013, has the formula), interval by SciPy's nct, uncorrected.
    let found = EffectSizes.OfPairs(sleep, 0.95)
    let correction = EffectSizes.Correction 9.0
    Assert.Equal(1.2845575625910546, found.Cohen, computed)
    Assert.Equal(correction * found.Cohen, found.Hedges, computed)
    Assert.Equal(0.4146277563804573, found.Low, 1e-8)
    Assert.Equal(2.1180165139816003, found.High, 1e-8)

[<Fact>]
let ``Cliff's delta is that of effsize's example`` () =
    // The help of cliff.delta in R's effsize, after Romano et al. 2006.
    let treatment = [| 10; 10; 20; 20; 20; 30; 30; 30; 40; 50 |] |> Array.map float
    let control = [| 10; 20; 30; 40; 40; 50 |] |> Array.map float
    Assert.Equal(-0.25, EffectSizes.CliffsDelta(treatment, control), 1e-15)
    Assert.Equal(1.0, EffectSizes.CliffsDelta([| 2.0; 3.0 |], [| 0.0; 1.0 |]))

[<Theory>]
[<InlineData(Double.NaN)>]
[<InlineData(Double.PositiveInfinity)>]
let ``Neither Cliff's delta nor a sign test nor a permutation test counts what is no finite number`` (value: float) =
    let refuses (count: unit -> unit) =
        Assert.Contains("not a finite number", Assert.Throws<ArgumentException>(count).Message)

    refuses (fun () -> EffectSizes.CliffsDelta([| 1.0; value |], [| 0.0 |]) |> ignore)
    refuses (fun () -> EffectSizes.CliffsDelta([| 1.0 |], [| value |]) |> ignore)
    refuses (fun () -> SignTest.Of [| 1.0; value |] |> ignore)
    refuses (fun () -> PermutationTest.Of [| 1.0; value |] |> ignore)

[<Theory>]
[<InlineData(-8.0, 6.22096057427174e-16)>]
[<InlineData(-3.0, 0.0013498980316300933)>]
[<InlineData(-1.5, 0.06680720126885807)>]
[<InlineData(0.3, 0.6179114221889526)>]
[<InlineData(4.0, 0.9999683287581669)>]
let ``The normal distribution is SciPy's`` (x: float) (expected: float) =
    Assert.Equal(1.0, Normal.cumulative x / expected, computed)
    Assert.Equal(x, Normal.quantile (Normal.cumulative x), 1e-9)

[<Theory>]
[<InlineData(2.0, 2.0, 1.0, 0.7066620495099096)>]
[<InlineData(4.0, 2.0, -1.0, 0.9955376423503051)>]
[<InlineData(-1.5, 5.0, 2.0, 0.0008159069460093038)>]
[<InlineData(0.0, 3.0, 0.7, 0.24196365222307303)>]
[<InlineData(10.0, 4.0, 8.0, 0.6308339336559515)>]
[<InlineData(30.0, 2.0, 10.0, 0.8940669456093983)>]
let ``The noncentral t distribution is SciPy's`` (t: float) (degrees: float) (centre: float) (expected: float) =
    Assert.Equal(expected, NoncentralT.cumulative degrees centre t, computed)

[<Fact>]
let ``One noncentral at zero is Student's`` () =
    Assert.Equal(StudentT.cumulative 4.0 1.3, NoncentralT.cumulative 4.0 0.0 1.3, computed)
