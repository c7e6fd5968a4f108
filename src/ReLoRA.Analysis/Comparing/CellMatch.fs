namespace ReLoRA.Analysis.Comparing

/// A cell of A and the cell of B that it is compared with.
type CellMatch =
    {
        /// The id in A.
        IdA: string
        /// Its label in A.
        LabelA: string
        /// The id in B.
        IdB: string
        /// Its label in B.
        LabelB: string
        /// "id", "label" or "knobs": the same values of all knobs that vary within one of the sweeps.
        By: string
        /// Knobs that differ, and their values.
        Knobs: ChangedValue[]
        /// Whether both logs could be compared.
        LogsCompared: bool
        /// Whether the records are the same to the last bit, outside of what clocks measured.
        LogsEqual: bool
        /// What differs between the logs, or why they were not compared; empty where they are equal.
        Log: string
    }
