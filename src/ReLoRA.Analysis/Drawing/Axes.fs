/// Places along a chart's axes and what stands at them.
module internal ReLoRA.Analysis.Drawing.Axes

open System
open ReLoRA.Analysis.Report
open ScottPlot
open ScottPlot.TickGenerators

/// Where a figure lies along an axis; NaN where it cannot lie.
let place (axis: Axis) (value: float) =
    match axis.Scale with
    | Linear -> value
    | Logarithmic when value > 0.0 -> log10 value
    | Logarithmic -> nan

/// From the lowest to the highest place with some room beyond, a share of the whole on each side.
let range (room: float) (places: float[]) =
    match places |> Array.filter Double.IsFinite with
    | [||] -> 0.0, 1.0
    | finite ->
        let low, high = Array.min finite, Array.max finite

        if high - low <= 1e-9 * max (abs low) (abs high) || high = low then
            let half = if low = 0.0 then 0.5 else 0.05 * abs low
            low - half, high + half
        else
            low - room * (high - low), high + room * (high - low)

let private generator (ticks: Ticks) =
    let generator = NumericManual()

    for place, text in ticks.Major do
        generator.AddMajor(place, text)

    for place in ticks.Minor do
        generator.AddMinor place

    generator

/// Marks a scaled axis between two places.
let mark (drawn: IAxis) (axis: Axis) wanted (low, high) =
    let ticks =
        match axis.Scale with
        | Linear -> Ticks.linear wanted low high
        | Logarithmic -> Ticks.logarithmic wanted low high

    drawn.TickGenerator <- generator ticks

/// Marks an axis with names.
let name (drawn: IAxis) (names: (float * string)[]) =
    drawn.TickGenerator <- generator { Major = names; Minor = [||] }
    drawn.MajorTickStyle.Length <- 3f

/// Fonts and colours that are the same in every figure.
let style (drawn: IAxis) (title: string) =
    drawn.Label.Text <- title
    drawn.Label.FontName <- FigureFont.name
    drawn.Label.FontSize <- 13f
    drawn.Label.Bold <- true
    drawn.Label.ForeColor <- Styles.ink
    drawn.TickLabelStyle.FontName <- FigureFont.name
    drawn.TickLabelStyle.FontSize <- 12f
    drawn.TickLabelStyle.ForeColor <- Styles.ink

    // The drawing library takes a line's whole height for that of its digits.
    if drawn.Edge = Edge.Left || drawn.Edge = Edge.Right then
        drawn.TickLabelStyle.OffsetY <- 2f

    drawn.FrameLineStyle.Color <- Styles.frame
    drawn.MajorTickStyle.Color <- Styles.frame
    drawn.MinorTickStyle.Color <- Styles.frame

/// Room beside an axis that its texts need and do not ask for themselves.
let reserve (drawn: IAxis) (size: float32) = drawn.MinimumSize <- size
