namespace ReLoRA.Analysis.Drawing

/// <summary>One figure on the disk, as pixels and as vectors.</summary>
type WrittenFigure =
    {
        /// The chart's id, which the files are named by.
        Id: string
        /// What it shows.
        Title: string
        /// What a reader must know to read it right: a caption's beginning.
        Note: string
        /// The PNG's full path.
        Png: string
        /// The SVG's full path.
        Svg: string
    }

/// <summary>What became of a sweep's charts.</summary>
type WrittenFigures =
    {
        /// The sweep.
        Sweep: string
        /// The folder.
        Folder: string
        /// Those that were drawn, in the report's order.
        Written: WrittenFigure[]
        /// The titles of those that have nothing to show and were not.
        Empty: string[]
    }
