namespace ReLoRA.Analysis.Inference

/// Benjamini and Hochberg's correction for several tests ("Controlling the false discovery rate", JRSS B 57, 1995).
[<AbstractClass; Sealed>]
type BenjaminiHochberg =
    /// <summary>
    /// Adjusted p values: of those below a level, at most that share are false on average, where the tests are independent or agree. Holm's
    /// correction, which bounds the chance of any false one, is stricter.
    /// </summary>
    /// <param name="values">The p value of each test.</param>
    /// <returns>In the order of the tests.</returns>
    static member Adjust(values: float[]) : float[] =
        if values |> Array.exists (fun p -> not (p >= 0.0 && p <= 1.0)) then
            invalidArg (nameof values) "a p value is not between 0 and 1"

        let order = values |> Array.indexed |> Array.sortBy snd
        let adjusted = Array.zeroCreate values.Length
        let mutable smallest = 1.0

        for rank in values.Length .. -1 .. 1 do
            let test, p = order[rank - 1]
            smallest <- min smallest (float values.Length / float rank * p)
            adjusted[test] <- smallest

        adjusted
