namespace ReLoRA.Analysis.Inference

open System.Globalization
open ReLoRA.Analysis

/// What paired differences say about a margin that was set before.
type MarginDecision =
    {
        /// The decision.
        Verdict: MarginVerdict
        /// The margin: differences between minus this and this do not matter.
        Margin: float
        /// The interval's confidence.
        Confidence: float
        /// The mean difference and its interval.
        Difference: PairedDifference
        /// The p of "alike" by two one-sided t tests (TOST); NaN for fewer than two pairs.
        EquivalenceP: float
    }

    /// The decision in a sentence.
    member decision.Text: string =
        let format (value: float) =
            value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture)

        let margin = decision.Margin.ToString("R", CultureInfo.InvariantCulture)

        let share =
            (100.0 * decision.Confidence).ToString("0.#", CultureInfo.InvariantCulture)

        let found = decision.Difference

        let interval =
            $"{share} %% interval [{format found.Low}, {format found.High}] over {found.Pairs} pairs"

        match decision.Verdict with
        | MarginVerdict.Inside -> $"alike: the {interval} lies wholly within ±{margin}"
        | MarginVerdict.Below -> $"lower: the {interval} lies wholly below -{margin}"
        | MarginVerdict.Above -> $"higher: the {interval} lies wholly above +{margin}"
        | MarginVerdict.Undecided -> $"undecided: the {interval} crosses a bound of ±{margin}"
        | _ when found.Pairs = 0 -> "nothing can be concluded: there is no pair"
        | _ when found.Pairs = 1 ->
            $"nothing can be concluded: {format found.Mean} in one pair, and one pair has no interval"
        | _ -> "nothing can be concluded: a difference is no finite number"
