namespace ReLoRA.Analysis.Inference

open ReLoRA.Analysis

/// Intervals that hold all at once.
[<AbstractClass; Sealed>]
type Simultaneous =
    /// <summary>
    /// Student's paired intervals by Bonferroni's rule: each of m has the confidence 1 - (1 - confidence) / m, so that all of them hold together
    /// at least as often as the confidence says, whatever they have to do with each other.
    /// </summary>
    /// <param name="differences">Of each arm, by seed: its value less its baseline's.</param>
    /// <param name="confidence">Of all of them together, for example 0.95.</param>
    static member Bonferroni(differences: float[][], confidence: float) : PairedDifference[] =
        let each = 1.0 - (1.0 - confidence) / float (max 1 differences.Length)

        differences
        |> Array.map (fun ofArm -> ofArm |> Array.map (fun one -> one, 0.0) |> Statistics.pairedDifference each)
