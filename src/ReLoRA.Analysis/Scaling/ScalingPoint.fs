namespace ReLoRA.Analysis.Scaling

open ReLoRA.Analysis

/// The loss of one run of one size.
type ScalingPoint =
    {
        /// The size, for example parameters; above 0.
        Size: float
        /// The run's seed.
        Seed: string
        /// Its loss; above 0.
        Loss: float
    }

    /// <summary>The last validation losses of finished cells by the parameters of their models without adapters. Keep one method, by Where.</summary>
    /// <param name="frames">The frames.</param>
    static member OfValidation(frames: Frames) : ScalingPoint[] =
        let evals = frames.FinalEvals()

        frames.Cells
        |> Array.distinctBy _.Cell
        |> Array.filter (fun cell -> evals.ContainsKey cell.Cell)
        |> Array.map (fun cell ->
            {
                Size = float cell.Parameters
                Seed = cell.Seed
                Loss = evals[cell.Cell].Loss
            })
