/// How often intervals hold what they say, by simulation with known truths. Figures of a run: docs/lab-log.md.
[<Xunit.Trait("Category", "Slow")>]
module ReLoRA.Analysis.Tests.Inference.CoverageTests

open System
open ReLoRA.Analysis
open ReLoRA.Analysis.Inference
open ReLoRA.Analysis.Paired
open Xunit

let private trials = 2000

/// A bootstrap draws hundreds of times in each.
/// Four standard deviations of a share of 0.9 in 500 trials are 0.054.
let private drawnTrials = 500

/// Each inverts the noncentral t twice.
let private effectTrials = 200

/// Four standard deviations of a share of 0.95 in so many trials are 0.0195: an interval that covers as often as it says is within this.
let private chance = 0.02

/// By Box and Muller.
let private normal (draws: Draws) =
    sqrt (-2.0 * log (1.0 - draws.Share())) * cos (2.0 * Math.PI * draws.Share())

/// Of mean 0 and deviation 1, as skewed as times to fail.
let private skewed (draws: Draws) = -log(1.0 - draws.Share()) - 1.0

let private share (trials: int) (covers: Draws -> bool) =
    let draws = Draws 20261128UL

    float (Seq.init trials (fun _ -> covers draws) |> Seq.filter id |> Seq.length)
    / float trials

/// Set to a file's path, the figures are added to it.
let private figures = "RELORA_COVERAGE"

let private tell (what: string) (share: float) =
    match Environment.GetEnvironmentVariable figures with
    | null
    | "" -> ()
    | path -> IO.File.AppendAllText(path, $"{what}: {share:F3}\n")

let private student sample count (draws: Draws) =
    let found =
        Array.init count (fun _ -> sample draws, 0.0)
        |> Statistics.pairedDifference 0.95

    found.Low <= 0.0 && 0.0 <= found.High

let private bootstrap bca sample count (draws: Draws) =
    let values = Array.init count (fun _ -> sample draws)

    let mean =
        Func<int[], float>(fun items -> items |> Array.averageBy (fun item -> values[item]))

    let found =
        if bca then
            Resampling.Bca(count, mean, 0.95, 200, draws.Next())
        else
            Resampling.Percentile(count, mean, 0.95, 200, draws.Next())

    found.Low <= 0.0 && 0.0 <= found.High

[<Theory>]
[<InlineData(2)>]
[<InlineData(3)>]
[<InlineData(5)>]
[<InlineData(10)>]
let ``Student's paired interval holds of normal differences, however few`` (count: int) =
    let found = share trials (student normal count)
    tell $"Student, normal, {count} pairs" found
    Assert.InRange(found, 0.95 - chance, 0.95 + chance)

[<Theory>]
[<InlineData(3, 0.88, 0.95)>]
[<InlineData(5, 0.86, 0.92)>]
[<InlineData(10, 0.88, 0.93)>]
[<InlineData(30, 0.92, 0.96)>]
let ``Student's paired interval falls short of skewed differences, as the documentation says`` (count: int) low high =
    let found = share trials (student skewed count)
    tell $"Student, skewed, {count} pairs" found
    Assert.InRange(found, low, high)

[<Theory>]
[<InlineData(3, 0.67, 0.80)>]
[<InlineData(5, 0.75, 0.87)>]
[<InlineData(10, 0.85, 0.95)>]
[<InlineData(30, 0.88, 0.97)>]
let ``The percentile bootstrap is too narrow of few pairs, as the documentation says`` (count: int) low high =
    let found = share drawnTrials (bootstrap false normal count)
    tell $"percentile bootstrap, normal, {count} pairs" found
    Assert.InRange(found, low, high)

[<Theory>]
[<InlineData(3, 0.67, 0.80)>]
[<InlineData(5, 0.75, 0.87)>]
[<InlineData(10, 0.85, 0.95)>]
[<InlineData(30, 0.88, 0.97)>]
let ``So is BCa`` (count: int) low high =
    let found = share drawnTrials (bootstrap true normal count)
    tell $"BCa bootstrap, normal, {count} pairs" found
    Assert.InRange(found, low, high)

[<Fact>]
let ``Of skewed items BCa holds more often than the percentiles`` () =
    let percentile = share drawnTrials (bootstrap false skewed 20)
    let bca = share drawnTrials (bootstrap true skewed 20)
    tell "percentile bootstrap, skewed, 20 items" percentile
    tell "BCa bootstrap, skewed, 20 items" bca
    Assert.True(bca > percentile)

[<Theory>]
[<InlineData(3, 0.8)>]
[<InlineData(5, 0.8)>]
[<InlineData(10, 0.8)>]
[<InlineData(3, 2.0)>]
[<InlineData(5, 2.0)>]
[<InlineData(10, 2.0)>]
let ``The interval beside Hedges' g has the true effect in it`` (count: int) (truth: float) =
    let found =
        share effectTrials (fun draws ->
            let found =
                EffectSizes.OfPairs(Array.init count (fun _ -> truth + normal draws), 0.95)

            found.Low <= truth && truth <= found.High)

    tell $"Hedges' g, effect {truth}, {count} pairs" found
    // Of 200 trials four standard deviations are 0.062.
    Assert.InRange(found, 0.95 - 0.062, 1.0)

[<Fact>]
let ``Bonferroni's intervals hold all at once`` () =
    let found =
        share trials (fun draws ->
            // Four arms against one baseline: what the baseline adds, they share.
            let baseline = Array.init 3 (fun _ -> normal draws)

            Simultaneous.Bonferroni(
                Array.init 4 (fun _ -> baseline |> Array.map (fun other -> normal draws - other)),
                0.95
            )
            |> Array.forall (fun one -> one.Low <= 0.0 && 0.0 <= one.High))

    tell "Bonferroni, 4 arms and 3 seeds, all at once" found
    Assert.InRange(found, 0.95 - chance, 1.0)

/// Exactly, by summing over all counts.
let private covered (count: int64) truth (interval: int64 -> Proportion) =
    Seq.init (int count + 1) int64
    |> Seq.filter (fun k ->
        let found = interval k
        found.Low <= truth && truth <= found.High)
    |> Seq.sumBy (fun k ->
        exp (
            StudentT.logGamma (float count + 1.0)
            - StudentT.logGamma (float k + 1.0)
            - StudentT.logGamma (float (count - k) + 1.0)
            + float k * log truth
            + float (count - k) * log (1.0 - truth)
        ))

let private truths = [| for i in 1..99 -> float i / 100.0 |]

[<Theory>]
[<InlineData(20)>]
[<InlineData(67)>]
let ``Clopper and Pearson's interval never covers less than it says`` (count: int64) =
    let intervals =
        Array.init (int count + 1) (fun k -> Shares.ClopperPearson(int64 k, count, 0.95))

    let found =
        truths
        |> Array.map (fun truth -> covered count truth (fun k -> intervals[int k]))

    tell $"Clopper-Pearson of {count}, least" (Array.min found)
    tell $"Clopper-Pearson of {count}, mean" (Array.average found)
    Assert.True(Array.min found >= 0.95 - 1e-12)

[<Theory>]
[<InlineData(20)>]
[<InlineData(67)>]
let ``Wilson's covers about as often as it says on average`` (count: int64) =
    let found =
        truths
        |> Array.map (fun truth -> covered count truth (fun k -> Statistics.wilson k count))

    tell $"Wilson of {count}, least" (Array.min found)
    tell $"Wilson of {count}, mean" (Array.average found)
    Assert.InRange(Array.average found, 0.94, 0.96)

[<Fact>]
let ``Exact tests reject no more often than their level where nothing differs`` () =
    for count in [ 6; 9 ] do
        let rejects (test: float[] -> ExactTest) (draws: Draws) =
            (test (Array.init count (fun _ -> normal draws))).P <= 0.05

        let permutation = share trials (rejects PermutationTest.Of)
        let signs = share trials (rejects SignTest.Of)
        tell $"permutation test rejects, {count} pairs" permutation
        tell $"sign test rejects, {count} pairs" signs
        Assert.InRange(permutation, 0.0, 0.05 + chance)
        Assert.InRange(signs, 0.0, 0.05 + chance)

[<Fact>]
let ``A margin calls arms alike that are at its edge no more often than it may`` () =
    // The truth lies on the margin: "inside" at 95 % is wrong, and may come in 2.5 % of sweeps.
    let found =
        share trials (fun draws ->
            let differences = Array.init 3 (fun _ -> 0.02 + 0.004 * normal draws)
            Margins.Decide(differences, 0.02, 0.95).Verdict = MarginVerdict.Inside)

    tell "alike though at the margin, 3 pairs" found
    Assert.InRange(found, 0.0, 0.025 + chance)
