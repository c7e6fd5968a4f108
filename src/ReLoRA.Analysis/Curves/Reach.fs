namespace ReLoRA.Analysis.Curves

/// When a curve first came down to a level.
type Reach =
    {
        /// The cell's id.
        Cell: string
        /// Whether it did.
        Reached: bool
        /// Where it did; where it did not, how far the run went without: it takes more than that.
        At: float
    }

    /// <summary>The first crossing, on the straight line between the points on either side.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="level">The level, for example a loss.</param>
    static member Of(curve: Curve, level: float) : Reach =
        match curve.Values |> Array.tryFindIndex (fun value -> value <= level) with
        | None ->
            {
                Cell = curve.Cell
                Reached = false
                At = curve.Last
            }
        | Some 0 ->
            {
                Cell = curve.Cell
                Reached = true
                At = curve.First
            }
        | Some i ->
            let before, after = curve.Values[i - 1], curve.Values[i]
            let share = (before - level) / (before - after)

            {
                Cell = curve.Cell
                Reached = true
                At = curve.At[i - 1] + share * (curve.At[i] - curve.At[i - 1])
            }
