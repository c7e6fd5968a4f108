/// Figures over two axes as colours.
module internal ReLoRA.Analysis.Drawing.HeatDrawing

open System
open ReLoRA.Analysis.Report
open ScottPlot
open SkiaSharp

// A row lower than this has no room for its name.
let private lowestRow = 13f

// More rows than this make a figure that no page holds; names are then left out between others.
let private mostNamed = 90

/// The height that the rows' names ask for.
let height (map: HeatMap) =
    max Layout.plotHeight (lowestRow * float32 (min map.Y.Length mostNamed) + 70f)

/// Each column from half way to its left neighbour to half way to its right one.
let private columns (places: float[]) =
    let between index =
        (places[index] + places[index + 1]) / 2.0

    let last = places.Length - 1

    places
    |> Array.mapi (fun index place ->
        if last = 0 then
            place - 0.5, place + 0.5
        else
            let left =
                if index > 0 then
                    between (index - 1)
                else
                    place - (between 0 - place)

            let right =
                if index < last then
                    between index
                else
                    place + (place - between (last - 1))

            left, right)

let private scaled (map: HeatMap) (value: float) =
    match map.Scale with
    | Linear -> value
    | Logarithmic when value > 0.0 -> log10 value
    | Logarithmic -> nan

let private drawCells (map: HeatMap) (colours: IColormap) (low, high) (edges: (float * float)[]) =
    Shapes(fun pack axes ->
        use paint = new SKPaint(IsAntialias = false)

        for row, values in Array.indexed map.Values do
            for column, value in Array.indexed values do
                let place = scaled map value

                if Double.IsFinite place && column < edges.Length then
                    let share = if high > low then (place - low) / (high - low) else 0.5
                    paint.Color <- (colours.GetColor(Math.Clamp(share, 0.0, 1.0))).ToSKColor()
                    let left, right = edges[column]

                    // Half a point more on two sides: viewers show hairlines between what only touches.
                    pack.Canvas.DrawRect(
                        SKRect(
                            axes.GetPixelX left,
                            axes.GetPixelY(-float row + 0.5),
                            axes.GetPixelX right + 0.5f,
                            axes.GetPixelY(-float row - 0.5) + 0.5f
                        ),
                        paint
                    ))

/// The colours' scale beside the map.
let private drawBar (plot: Plot) (map: HeatMap) (colours: IColormap) (low, high) =
    let source =
        { new IHasColorAxis with
            member _.GetRange() = Range(low, high)

            member _.Colormap = colours
        }

    let bar = plot.Add.ColorBar(source, Edge.Right)
    bar.Width <- 16f
    Axes.style bar.Axis map.Legend

    Axes.mark
        bar.Axis
        {
            Title = map.Legend
            Scale = map.Scale
        }
        7
        (low, high)

    bar.Axis.FrameLineStyle.Width <- 0f

/// Draws the map. It has no legend but the colours' scale.
let draw (plot: Plot) (chart: Chart) (map: HeatMap) =
    let colours = Colormaps.Viridis()
    let edges = map.X |> Array.map (Axes.place chart.X) |> columns

    let across =
        edges |> Array.map fst |> Array.min, edges |> Array.map snd |> Array.max

    let span = scaled map map.Lowest, scaled map map.Highest
    let rows = map.Y.Length
    plot.Add.Plottable(drawCells map colours span edges) |> ignore

    for rule in chart.Rules |> Array.map (Axes.place chart.X) do
        if rule >= fst across && rule <= snd across then
            plot.Add.VerticalLine(rule, 1f, Colors.White, Styles.dash "dash") |> ignore

    plot.Axes.SetLimits(fst across, snd across, 0.5 - float rows, 0.5)
    Axes.mark plot.Axes.Bottom chart.X 7 across
    let stride = max 1 ((rows + mostNamed - 1) / mostNamed)

    map.Y
    |> Array.indexed
    |> Array.filter (fun (row, _) -> row % stride = 0)
    |> Array.map (fun (row, name) -> -float row, Text.drawable name)
    |> Axes.name plot.Axes.Left

    plot.Axes.Left.TickLabelStyle.FontSize <- 10f
    drawBar plot map colours span
    plot.HideGrid()
    [||]
