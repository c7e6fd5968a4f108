namespace ReLoRA.Analysis.Paired

/// Holm's correction for several tests (Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6, 1979).
[<AbstractClass; Sealed>]
type Holm =
    /// <summary>
    /// Adjusted p values: rejecting those below a level errs anywhere at most that often, whatever the tests have to do with each other. The
    /// smallest of m is taken times m, the next times m - 1, and so on; none falls below the one before it, or exceeds 1.
    /// </summary>
    /// <param name="values">The p value of each test.</param>
    /// <returns>In the order of the tests.</returns>
    static member Adjust(values: float[]) : float[] =
        if values |> Array.exists (fun p -> not (p >= 0.0 && p <= 1.0)) then
            invalidArg (nameof values) "a p value is not between 0 and 1"

        let order = values |> Array.indexed |> Array.sortBy snd
        let adjusted = Array.zeroCreate values.Length
        let mutable largest = 0.0

        order
        |> Array.iteri (fun rank (test, p) ->
            largest <- max largest (min 1.0 (float (values.Length - rank) * p))
            adjusted[test] <- largest)

        adjusted
