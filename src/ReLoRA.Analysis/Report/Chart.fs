namespace ReLoRA.Analysis.Report

/// How numbers lie along an axis.
type internal Scale =
    | Linear
    | Logarithmic

/// One axis of a chart.
type internal Axis = { Title: string; Scale: Scale }

/// One arm's figures along an axis: the mean over seeds and what the seeds span.
type internal Band =
    {
        Name: string
        X: float[]
        Mean: float[]
        Low: float[]
        High: float[]
        /// Someone else's figures, drawn beside ours with dashes.
        IsReference: bool
    }

/// One bar and its whisker; NaN where there is none.
type internal Bar =
    {
        Value: float
        Low: float
        High: float
    }

/// Figures over two axes as colours. Several maps that are to be compared have one scale.
type internal HeatMap =
    {
        X: float[]
        /// The rows' names, the first at the top.
        Y: string[]
        /// The figures, a row for each name; NaN where there is none.
        Values: float[][]
        /// What the darkest colour stands for.
        Lowest: float
        /// What the brightest colour stands for.
        Highest: float
        /// What the colours are.
        Legend: string
        Scale: Scale
    }

/// What a chart shows.
type internal Content =
    /// One line with a band an arm; one without points keeps its arm's colour free.
    | Lines of Band[]
    /// The categories, and each arm's bars in their order.
    | Bars of string[] * (string * Bar[])[]
    | Heat of HeatMap

/// A chart without a way to draw it: the page and the files for papers draw the same ones.
type internal Chart =
    {
        /// Unique on a page; the name of a file.
        Id: string
        /// What it shows, for those who do not see it.
        Title: string
        X: Axis
        Y: Axis
        /// Dashed lines across: at places on the x axis, under bars at places on the y axis.
        Rules: float[]
        Content: Content
        /// What a reader must know to read it right.
        Note: string
    }

module internal Axis =
    let linear title = { Title = title; Scale = Linear }

    let logarithmic title = { Title = title; Scale = Logarithmic }

module internal Chart =
    /// Whether there is anything to draw.
    let isEmpty (chart: Chart) =
        match chart.Content with
        | Lines bands -> bands |> Array.forall (fun band -> band.X.Length = 0)
        | Bars(_, arms) ->
            arms
            |> Array.forall (fun (_, bars) -> bars |> Array.forall (fun bar -> not (System.Double.IsFinite bar.Value)))
        | Heat map ->
            map.Values
            |> Array.forall (Array.forall (fun value -> not (System.Double.IsFinite value)))
