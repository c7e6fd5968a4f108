// Which arms differ from their baseline by more than a margin?
// dotnet fsi docs/examples/gap.fsx RUNS SWEEP MARGIN
#I "../../src/ReLoRA.Cli/bin/Debug/net10.0"
#r "ReLoRA.Results.dll"
#r "ReLoRA.Analysis.dll"

open ReLoRA.Analysis
open ReLoRA.Analysis.Inference

let runs, sweep, margin =
    match fsi.CommandLineArgs with
    | [| _; runs; sweep; margin |] -> runs, sweep, float margin
    | _ -> failwith "usage: gap.fsx RUNS SWEEP MARGIN"

let frames = Frames.OfSweep(runs, sweep)

for problem in frames.Problems do
    printfn "! %s" problem.Text

let arms =
    frames.Cells
    |> Array.filter (fun cell -> cell.Baseline <> "")
    |> Array.map _.Arm
    |> Array.distinct

let differences = arms |> Array.map frames.LossDifferences

// All the intervals together hold in 95 % of sweeps, and not each for itself.
let together = Simultaneous.Bonferroni(differences, 0.95)

for arm, ofArm, all in Array.zip3 arms differences together do
    let effect = EffectSizes.OfPairs(ofArm, 0.95)
    let signs = SignTest.Of ofArm
    printfn "%s: %s" arm (Margins.Decide(ofArm, margin, 0.95).Text)
    printfn "  with all arms at once: [%+.4f, %+.4f]" all.Low all.High
    printfn "  Hedges' g %.2f [%.2f, %.2f]; sign test p %.3f" effect.Hedges effect.Low effect.High signs.P
    printfn "  %s" (signs.Caution 0.05)
