namespace ReLoRA.Analysis.Paired

open System

/// McNemar's test of whether two models are right equally often on the same items (McNemar, Psychometrika 12, 1947).
[<AbstractClass; Sealed>]
type McNemar =
    /// <summary>
    /// The exact two-sided p: if neither model is better, each item that only one has right is as likely to be the one's as the other's, so that
    /// their number is binomial with a share of one half. In logarithms, so that it is right for any number of items.
    /// </summary>
    /// <param name="onlyFirst">Items that only the first model has right.</param>
    /// <param name="onlySecond">Items that only the second has right.</param>
    static member Exact(onlyFirst: int64, onlySecond: int64) : float =
        if onlyFirst < 0L || onlySecond < 0L then
            invalidArg (nameof onlyFirst) $"counts are {onlyFirst} and {onlySecond}; allowed: 0 and more"

        let count = onlyFirst + onlySecond
        let fewer = min onlyFirst onlySecond

        // ln C(n, 0) / 2^n, and from each term to the next by a factor, from the largest down: the others are shares of it, so that the sum
        // keeps its digits however small it is.
        let mutable logTerm = -float count * log 2.0

        for k in 1L .. fewer do
            logTerm <- logTerm + log (float (count - k + 1L)) - log (float k)

        let mutable share = 1.0
        let mutable sum = 1.0
        let mutable k = fewer

        while k > 0L && share > 1e-18 * sum do
            share <- share * float k / float (count - k + 1L)
            sum <- sum + share
            k <- k - 1L

        min 1.0 (2.0 * exp logTerm * sum)
