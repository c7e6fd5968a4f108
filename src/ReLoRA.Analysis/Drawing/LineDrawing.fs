/// Lines of arms with what their seeds span.
module internal ReLoRA.Analysis.Drawing.LineDrawing

open System
open ReLoRA.Analysis.Report
open ScottPlot

// More points than this run into each other where each has a mark.
let private mostMarked = 30

let private isMarked (band: Band) = band.X.Length < mostMarked

/// The band's points that lie on the axes: x, mean, low, high.
let private points (chart: Chart) (band: Band) =
    let y = Axes.place chart.Y

    Array.init band.X.Length (fun index ->
        Axes.place chart.X band.X[index], y band.Mean[index], y band.Low[index], y band.High[index])
    |> Array.filter (fun (x, mean, _, _) -> Double.IsFinite x && Double.IsFinite mean)

let private drawSpan (plot: Plot) index (points: (float * float * float * float)[]) =
    let spans =
        points
        |> Array.filter (fun (_, _, low, high) -> Double.IsFinite low && Double.IsFinite high)

    if spans |> Array.exists (fun (_, _, low, high) -> high > low) then
        let pick choose = spans |> Array.map choose

        let span =
            plot.Add.FillY(
                pick (fun (x, _, _, _) -> x),
                pick (fun (_, _, low, _) -> low),
                pick (fun (_, _, _, high) -> high)
            )

        span.FillColor <- Styles.colour index 0.18
        span.LineWidth <- 0f
        span.MarkerStyle.IsVisible <- false

let private drawLine (plot: Plot) index (band: Band) (points: (float * float * float * float)[]) =
    let line =
        plot.Add.Scatter(
            points |> Array.map (fun (x, _, _, _) -> x),
            points |> Array.map (fun (_, mean, _, _) -> mean),
            Styles.colour index 1.0
        )

    line.LineWidth <- 2f

    // Of a lone point there is no line to dash, and the drawing library complains on the terminal.
    if points.Length > 1 then
        line.LinePattern <- Styles.dash (Palette.dash index band.IsReference)

    line.MarkerShape <- Styles.symbol index
    line.MarkerSize <- if isMarked band then 7f else 0f

let private drawRules (plot: Plot) (chart: Chart) (low, high) =
    for rule in chart.Rules |> Array.map (Axes.place chart.X) do
        if rule >= low && rule <= high then
            plot.Add.VerticalLine(rule, 1f, Styles.rule, Styles.dash "dash") |> ignore

/// Draws the bands and tells the legend of them.
let draw (plot: Plot) (chart: Chart) (bands: Band[]) =
    let drawn =
        bands
        |> Array.indexed
        |> Array.map (fun (index, band) -> index, band, points chart band)
        |> Array.filter (fun (_, _, points) -> points.Length > 0)

    let all = drawn |> Array.collect (fun (_, _, points) -> points)
    let across = all |> Array.map (fun (x, _, _, _) -> x) |> Axes.range 0.02

    let upright =
        all
        |> Array.collect (fun (_, mean, low, high) -> [| mean; low; high |])
        |> Axes.range 0.05

    drawRules plot chart across

    for index, band, points in drawn do
        if not band.IsReference then
            drawSpan plot index points

    for index, band, points in drawn do
        drawLine plot index band points

    plot.Axes.SetLimits(fst across, snd across, fst upright, snd upright)
    Axes.mark plot.Axes.Bottom chart.X 7 across
    Axes.mark plot.Axes.Left chart.Y 7 upright

    drawn
    |> Array.map (fun (index, band, _) -> band.Name, Swatch.Line(index, band.IsReference, isMarked band))
