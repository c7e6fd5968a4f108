namespace ReLoRA.Analysis

/// A problem with what the logs hold: docs/analysis.md.
type FrameProblem =
    {
        /// What it is.
        Kind: FrameProblemKind
        /// The cell's id; empty where it is of the whole.
        Cell: string
        /// The problem in a sentence.
        Text: string
    }
