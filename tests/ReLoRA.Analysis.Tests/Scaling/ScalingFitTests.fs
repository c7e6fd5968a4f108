module ReLoRA.Analysis.Tests.Scaling.ScalingFitTests

open System
open ReLoRA.Analysis.Paired
open ReLoRA.Analysis.Scaling
open Xunit

let private sizes = [| 1e5; 3e5; 1e6; 3e6; 1e7 |]

/// 1.7 + 60 N^-0.35 with noise of 0.01 nats, three seeds; one run is 0.15 off.
let private noisy =
    [|
        [| 2.7874; 2.4008; 2.1808; 2.0188; 1.9084 |]
        [| 2.7648; 2.4062; 2.3243; 2.0158; 1.9461 |]
        [| 2.7692; 2.4228; 2.1738; 2.0178; 1.9023 |]
    |]

let private points (losses: float[][]) (count: int) : ScalingPoint[] =
    losses
    |> Array.mapi (fun seed ofSeed ->
        Array.map2
            (fun size loss ->
                {
                    Size = size
                    Seed = string seed
                    Loss = loss
                })
            sizes[.. count - 1]
            ofSeed[.. count - 1])
    |> Array.concat

let private exact =
    [|
        for _ in 1..2 -> sizes |> Array.map (fun size -> 1.7 + 60.0 * size ** -0.35)
    |]

let private fit form loss points =
    ScalingFit.Of(points, form, loss, 20, 1UL)

[<Theory>]
[<InlineData(ScalingLoss.Squares)>]
[<InlineData(ScalingLoss.Huber)>]
let ``What has the form is found to all digits`` (loss: ScalingLoss) =
    let found = fit ScalingForm.PowerLawWithFloor loss (points exact 5)
    Assert.Equal(1.7, found.Floor.Value, 1e-6)
    Assert.Equal(60.0, found.Scale.Value, 1e-3)
    Assert.Equal(0.35, found.Exponent.Value, 1e-6)
    Assert.Equal(0.0, found.Residual, 1e-9)

[<Fact>]
let ``Squares give what SciPy's least_squares does`` () =
    let found = fit ScalingForm.PowerLawWithFloor ScalingLoss.Squares (points noisy 5)
    Assert.Equal(1.6645888690786135, found.Floor.Value, 1e-5)
    Assert.Equal(43.822943218556624, found.Scale.Value, 5e-3)
    Assert.Equal(0.3200845706178724, found.Exponent.Value, 1e-5)

[<Fact>]
let ``Huber's loss gives what SciPy finds for Hoffmann's objective, and the run that is off counts little`` () =
    // The objective is nearly that of absolute residuals, flat along a valley: Nelder and Mead's digits agree to four.
    let found = fit ScalingForm.PowerLawWithFloor ScalingLoss.Huber (points noisy 5)
    Assert.Equal(1.6982749669270811, found.Floor.Value, 1e-3)
    Assert.Equal(0.3539419383987149, found.Exponent.Value, 1e-3)

[<Fact>]
let ``The power law is the straight line of the logarithms`` () =
    // NumPy's lstsq of the same points.
    let found = fit ScalingForm.PowerLaw ScalingLoss.Squares (points noisy 5)
    Assert.Equal(6.713994523186297, found.Scale.Value, 1e-6)
    Assert.Equal(0.0792746035883036, found.Exponent.Value, 1e-8)
    Assert.Equal(0.0, found.Floor.Value)

[<Fact>]
let ``Too few sizes are refused with the reason and the remedy`` () =
    let refusal form count =
        Assert.Throws<ArgumentException>(fun () -> fit form ScalingLoss.Squares (points noisy count) |> ignore).Message

    Assert.StartsWith("2 sizes for the 2 unknowns of PowerLaw; allowed: at least 3.", refusal ScalingForm.PowerLaw 2)

    let three = refusal ScalingForm.PowerLawWithFloor 3
    Assert.StartsWith("3 sizes for the 3 unknowns of PowerLawWithFloor; allowed: at least 4.", three)
    Assert.Contains("Fit the power law without floor, or train one more size.", three)

[<Fact>]
let ``A run without a finite loss is refused`` () =
    let diverged =
        Array.append (points noisy 5) [| { Size = 1e8; Seed = "0"; Loss = nan } |]

    let fault =
        Assert.Throws<ArgumentException>(fun () -> fit ScalingForm.PowerLaw ScalingLoss.Squares diverged |> ignore)

    Assert.Contains("leave out runs that diverged", fault.Message)

[<Fact>]
let ``Seeds that are drawn anew give intervals, and one seed none`` () =
    let found =
        ScalingFit.Of(points noisy 5, ScalingForm.PowerLaw, ScalingLoss.Squares, 200, 1UL)

    Assert.True(
        found.Exponent.Low < found.Exponent.Value
        && found.Exponent.Value < found.Exponent.High
    )

    Assert.Contains("A size has 3 runs: the bootstrap's intervals over so few seeds are too narrow.", found.Warnings)

    Assert.Equal(
        found.Exponent,
        ScalingFit.Of(points noisy 5, ScalingForm.PowerLaw, ScalingLoss.Squares, 200, 1UL).Exponent
    )

    let one = fit ScalingForm.PowerLaw ScalingLoss.Squares (points noisy[..0] 5)
    Assert.Equal(nan, one.Exponent.Low)
    Assert.StartsWith("A size has one run only", one.Warnings[0])

[<Fact>]
let ``A prediction between the sizes is told, and one beyond them with a warning`` () =
    let found = fit ScalingForm.PowerLawWithFloor ScalingLoss.Squares (points exact 5)
    let between = found.Predict 5e5
    Assert.Equal(1.7 + 60.0 * 5e5 ** -0.35, between.Loss, 1e-6)
    Assert.Equal("", between.Warning)
    Assert.StartsWith("10.0 times the largest size fitted: an extrapolation", (found.Predict 1e8).Warning)
    Assert.StartsWith("2.0 times below the smallest size fitted", (found.Predict 5e4).Warning)

[<Fact>]
let ``The bootstrap's interval of an exponent over few seeds falls short, as the documentation says`` () =
    let draws = Draws 5UL

    let normal () =
        sqrt (-2.0 * log (1.0 - draws.Share())) * cos (2.0 * Math.PI * draws.Share())

    let trials = 40

    let covers seeds =
        let run seed size =
            {
                Size = size
                Seed = string seed
                Loss = 8.0 * size ** -0.1 * exp (0.005 * normal ())
            }

        let points =
            [|
                for seed in 1..seeds do
                    for size in sizes -> run seed size
            |]

        let found =
            ScalingFit.Of(points, ScalingForm.PowerLaw, ScalingLoss.Squares, 100, draws.Next())

        found.Exponent.Low <= 0.1 && 0.1 <= found.Exponent.High

    let share seeds =
        float (Seq.init trials (fun _ -> covers seeds) |> Seq.filter id |> Seq.length)
        / float trials

    // Seeds are drawn as in the percentile bootstrap of a mean: of three it holds three times in four. Four deviations of 40 trials are 0.27.
    let three, twelve = share 3, share 12
    Assert.InRange(three, 0.48, 0.96)
    Assert.InRange(twelve, 0.63, 1.0)
