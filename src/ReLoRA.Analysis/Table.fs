namespace ReLoRA.Analysis

/// A table of texts: what every way of showing it starts from. The first column tells the rows apart.
type Table =
    {
        /// What the table shows.
        Title: string
        /// The columns' names.
        Columns: string[]
        /// The rows, each as long as Columns.
        Rows: string[][]
        /// What a reader must know to read it right.
        Notes: string[]
    }
