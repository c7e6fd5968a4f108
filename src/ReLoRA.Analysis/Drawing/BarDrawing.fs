/// Bars of arms side by side, with whiskers that need not be alike.
module internal ReLoRA.Analysis.Drawing.BarDrawing

open System
open ScottPlot
open ReLoRA.Analysis.Report
open SkiaSharp

// The share of a category's width that its bars take together.
let private together = 0.8

let private whisker (canvas: SKCanvas) (paint: SKPaint) x low high =
    let cap = 3.5f
    canvas.DrawLine(x, low, x, high, paint)
    canvas.DrawLine(x - cap, low, x + cap, low, paint)
    canvas.DrawLine(x - cap, high, x + cap, high, paint)

let private drawBar (chart: Chart) (pack: RenderPack) (axes: IAxes) floor index (left, right) (bar: Bar) =
    let place value =
        axes.GetPixelY(Axes.place chart.Y value)

    let rect =
        SKRect(axes.GetPixelX left, place bar.Value, axes.GetPixelX right, axes.GetPixelY floor)

    Swatch.box pack.Canvas rect.Standardized index

    if Double.IsFinite bar.Low && Double.IsFinite bar.High && bar.High > bar.Low then
        use ink =
            new SKPaint(IsStroke = true, StrokeWidth = 1.4f, Color = Styles.ink.ToSKColor(), IsAntialias = true)

        whisker pack.Canvas ink rect.MidX (place bar.Low) (place bar.High)

/// The names in the width that there is: level where they fit, else leaning, else upright.
let private nameCategories (plot: Plot) (categories: string[]) =
    let names =
        categories
        |> Array.mapi (fun index category -> float index, Text.drawable category)

    let widest =
        names
        |> Array.map (fun (_, name) -> FigureFont.width false 12f name)
        |> Array.fold max 0f

    let room = Layout.dataWidth / float32 categories.Length
    let axis = plot.Axes.Bottom
    Axes.name axis names

    if widest > room - 8f then
        let angle = if room > 26f then MathF.PI / 4f else MathF.PI / 2f
        axis.TickLabelStyle.Rotation <- -angle * 180f / MathF.PI
        axis.TickLabelStyle.Alignment <- Alignment.MiddleRight
        axis.TickLabelStyle.OffsetY <- 6f
        Axes.reserve axis (widest * sin angle + 22f)

        // What leans out to the left of the first bars: each bar's middle lies a share of the data's width behind the axis.
        names
        |> Array.map (fun (place, name) ->
            let share = (float32 place + 0.5f) / float32 categories.Length

            (FigureFont.width false 12f name * cos angle + 12f - share * Layout.width)
            / (1f - share))
        |> Array.fold max 0f
        |> Axes.reserve plot.Axes.Left

/// Draws the bars and tells the legend of them.
let draw (plot: Plot) (chart: Chart) (categories: string[]) (arms: (string * Bar[])[]) =
    let place = Axes.place chart.Y

    let places =
        arms
        |> Array.collect snd
        |> Array.collect (fun bar -> [| place bar.Value; place bar.Low; place bar.High |])
        |> Array.append (chart.Rules |> Array.map place)
        |> Array.filter Double.IsFinite

    let low, high = Axes.range 0.05 places

    // A bar's length is its figure: it begins at 0 unless the axis has none.
    let floor, ceiling =
        match chart.Y.Scale with
        | Linear ->
            min
                0.0
                (if Array.exists (fun value -> value < 0.0) places then
                     low
                 else
                     0.0),
            max 0.0 high
        | Logarithmic -> Math.Floor low, high

    let beginning =
        match chart.Y.Scale with
        | Linear -> 0.0
        | Logarithmic -> floor

    let width = together / float arms.Length

    plot.Add.Plottable(
        Shapes(fun pack axes ->
            for index, (_, bars) in Array.indexed arms do
                for category, bar in Array.indexed bars do
                    if Double.IsFinite(place bar.Value) then
                        let left = float category - together / 2.0 + float index * width
                        drawBar chart pack axes beginning index (left, left + 0.94 * width) bar)
    )
    |> ignore

    for rule in chart.Rules |> Array.map place do
        plot.Add.HorizontalLine(rule, 1.2f, Styles.ink, Styles.dash "dash") |> ignore

    plot.Axes.SetLimits(-0.5, float categories.Length - 0.5, floor, ceiling)
    plot.Grid.XAxisStyle.IsVisible <- false
    nameCategories plot categories
    Axes.mark plot.Axes.Left chart.Y 7 (floor, ceiling)
    arms |> Array.mapi (fun index (name, _) -> name, Swatch.Box index)
