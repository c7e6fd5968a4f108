namespace ReLoRA.Analysis.Inference

open ReLoRA.Analysis

/// Shares that were counted.
[<AbstractClass; Sealed>]
type Shares =
    static member private BetaQuantile(a: float, b: float, probability: float) =
        let rec bisect low high =
            let middle = 0.5 * (low + high)

            if middle <= low || middle >= high then
                middle
            elif StudentT.incompleteBeta a b middle < probability then
                bisect middle high
            else
                bisect low middle

        bisect 0.0 1.0

    /// <summary>
    /// The share with its exact interval (Clopper and Pearson, Biometrika 26, 1934): it covers at least as often as it says, usually more often.
    /// Wilson's, in <c>Statistics.wilson</c>, covers as often as it says on average and is shorter.
    /// </summary>
    /// <param name="correct">How many were counted.</param>
    /// <param name="count">Out of how many; of none all is NaN.</param>
    /// <param name="confidence">For example 0.95.</param>
    static member ClopperPearson(correct: int64, count: int64, confidence: float) : Proportion =
        if correct < 0L || correct > count then
            invalidArg (nameof correct) $"{correct} of {count} were counted; allowed: from 0 to the count"

        if not (confidence > 0.0 && confidence < 1.0) then
            invalidArg (nameof confidence) $"the confidence is {confidence}; allowed: between 0 and 1"

        let tail = 0.5 - confidence / 2.0
        let k, n = float correct, float count

        if count = 0L then
            { Value = nan; Low = nan; High = nan }
        else
            {
                Value = k / n
                Low =
                    (if correct = 0L then
                         0.0
                     else
                         Shares.BetaQuantile(k, n - k + 1.0, tail))
                High =
                    (if correct = count then
                         1.0
                     else
                         Shares.BetaQuantile(k + 1.0, n - k, 1.0 - tail))
            }
