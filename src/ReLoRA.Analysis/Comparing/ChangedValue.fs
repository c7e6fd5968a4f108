namespace ReLoRA.Analysis.Comparing

/// Something that differs between two sweeps.
type ChangedValue =
    {
        /// What it is.
        Name: string
        /// On side A; empty where it is not told there.
        A: string
        /// On side B.
        B: string
        /// Pairs of cells that it holds for; of what is not a cell's 0.
        Cells: int
    }
